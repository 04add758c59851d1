// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/inventory/usagewizard.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/models/badgedelegate.h"
#include "ui/shell/context.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

QString whyOf(const UsageRow &row)
{
    return toQt(row.errors.empty() ? row.warnings : row.errors).join(u" "_s);
}

BadgeStyle badgeOf(const UsageRow &row)
{
    switch (row.state) {
    case UsageRowState::good:
        return row.warnings.empty()
                   ? BadgeStyle{UsageRowsPage::tr("Good"), Theme::Colour::green, BadgeShape::circle}
                   : BadgeStyle{UsageRowsPage::tr("Good, with remark"), Theme::Colour::amber, BadgeShape::triangle};
    case UsageRowState::known:
        return {UsageRowsPage::tr("There already"), Theme::Colour::noData, BadgeShape::ring};
    case UsageRowState::joined:
        return {UsageRowsPage::tr("Part of a row above"), Theme::Colour::green, BadgeShape::ring};
    case UsageRowState::bad:
        break;
    }
    return {UsageRowsPage::tr("At fault"), Theme::Colour::red, BadgeShape::square};
}

std::vector<RecordColumn<UsageRow>> columnsOfRows()
{
    using Column = RecordColumn<UsageRow>;
    const auto dated = [](const UsageRow &row) { return row.report.from != Date(); };
    return {
        Column(UsageRowsPage::tr("Line"), [](const UsageRow &row) { return QString::number(row.line); })
            .sortedBy([](const UsageRow &row) { return QVariant(qint64(row.line)); })
            .asNumber(),
        Column(UsageRowsPage::tr("Result"), [](const UsageRow &row) { return badgeOf(row).text; }).asBadge(badgeOf),
        Column(UsageRowsPage::tr("Why"), whyOf),
        Column(UsageRowsPage::tr("Model"), [](const UsageRow &row) { return toQt(row.model); }),
        Column(UsageRowsPage::tr("Version"), [](const UsageRow &row) { return toQt(row.version); }),
        Column(UsageRowsPage::tr("Period"),
               [dated](const UsageRow &row) {
                   return dated(row)
                              ? UsageRowsPage::tr("%1 to %2").arg(dateText(row.report.from), dateText(row.report.until))
                              : QString();
               })
            .sortedBy([](const UsageRow &row) { return QVariant(toQt(row.report.from)); }),
        Column(UsageRowsPage::tr("Predictions"), [](const UsageRow &row) { return countText(row.report.predictions); })
            .sortedBy([](const UsageRow &row) { return QVariant(qint64(row.report.predictions)); })
            .asNumber(),
        Column(UsageRowsPage::tr("Failures"), [](const UsageRow &row) { return countText(row.report.failed()); })
            .sortedBy([](const UsageRow &row) { return QVariant(qint64(row.report.failed())); })
            .asNumber(),
    };
}

} // namespace

UsageRowsPage::UsageRowsPage(Context &context, const ImportFilePage &file, const ImportColumnsPage &columns,
                             QWidget *parent)
    : QWizardPage(parent)
    , m_context(context)
    , m_file(file)
    , m_columns(columns)
    , m_message(new MessageBar(this))
    , m_summary(new QLabel(this))
    , m_filter(new FilterBar(tr("Search the rows"), this))
    , m_leaveOut(new QCheckBox(tr("&Leave out the rows at fault"), this))
    , m_rows(new RecordModel<UsageRow>(
          columnsOfRows(), [](const UsageRow &row) { return QString::number(row.line) + whyOf(row); }, this))
    , m_proxy(new RecordProxy(m_rows, this))
    , m_view(new TableView(tr("Rows of the file"), this))
{
    setTitle(tr("Look at every row"));
    setSubTitle(tr("Good rows become usage reports, all in one signed entry. What the register has already is not "
                   "written again."));
    m_state = m_filter->addFilter(tr("Result"), tr("All rows"));
    FilterBar::setChoices(m_state, {{tr("At fault"), static_cast<int>(UsageRowState::bad)},
                                    {tr("Good"), static_cast<int>(UsageRowState::good)},
                                    {tr("There already"), static_cast<int>(UsageRowState::known)}});
    auto *save = new QPushButton(tr("Save &report..."), this);
    save->setAutoDefault(false);
    m_filter->addWidget(save);
    m_view->setModel(m_proxy);
    m_view->setItemDelegate(new BadgeDelegate(m_view));
    m_view->sortByColumn(0, Qt::AscendingOrder);
    m_summary->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_message);
    column->addWidget(m_summary);
    column->addWidget(m_filter);
    column->addWidget(m_view, 1);
    column->addWidget(m_leaveOut);
    connect(m_filter, &FilterBar::changed, this, &UsageRowsPage::follow);
    connect(m_leaveOut, &QCheckBox::toggled, this, &UsageRowsPage::completeChanged);
    connect(save, &QPushButton::clicked, this, &UsageRowsPage::saveReport);
}

void UsageRowsPage::initializePage()
{
    m_message->clear();
    m_plan = {};
    const auto &workspace = m_context.workspace;
    auto result = checkUsage(m_file.table(), m_columns.mapping(), workspace.registry(), workspace.today());
    if (result)
        m_plan = *std::move(result);
    else
        m_message->showError(result.error());
    m_rows->setRecords(m_plan.rows);
    const auto count = [this](UsageRowState state) { return m_plan.count(state); };
    const auto bad = count(UsageRowState::bad);
    auto text = tr("<b>%1</b> to import, <b>%2</b> in the register already, <b>%3</b> at fault.")
                    .arg(countText(count(UsageRowState::good)), countText(count(UsageRowState::known)), countText(bad));
    if (bad > 0)
        text += tr(" Correct them in the file, or leave them out.");
    if (!m_plan.unmappedColumns.empty())
        text += tr(" Columns not used: %1.").arg(toQt(m_plan.unmappedColumns).join(u", "_s).toHtmlEscaped());
    m_summary->setText(text);
    m_leaveOut->setChecked(false);
    m_leaveOut->setVisible(bad > 0);
    m_leaveOut->setEnabled(count(UsageRowState::good) > 0);
    if (result && bad == 0 && count(UsageRowState::good) == 0)
        m_message->showMessage(MessageBar::Kind::info,
                               tr("The register has every row of this file already; there is nothing to import."));
    wizard()->setButtonText(QWizard::FinishButton,
                            tr("&Import %1").arg(countText(count(UsageRowState::good), tr("report"), tr("reports"))));
    follow();
    m_view->fitColumns(44);
    Q_EMIT completeChanged();
}

bool UsageRowsPage::isComplete() const
{
    return m_plan.count(UsageRowState::good) > 0 && (m_plan.count(UsageRowState::bad) == 0 || m_leaveOut->isChecked());
}

void UsageRowsPage::follow()
{
    const auto state = m_state->currentData();
    m_proxy->setPredicate([this, state, text = m_filter->text()](int at) {
        const auto &row = m_rows->record(at);
        if (state.isValid() && static_cast<int>(row.state) != state.toInt())
            return false;
        return (toQt(row.model) + u' ' + toQt(row.version) + u' ' + whyOf(row)).contains(text, Qt::CaseInsensitive);
    });
    m_filter->setShown(m_proxy->rowCount(), m_rows->rowCount());
}

void UsageRowsPage::saveReport()
{
    saveAndSay(m_context, this, *m_message,
               {tr("Save the report"), u"usage-import-report.csv"_s, tr("CSV (*.csv)"), tr("The report is in %1")},
               usageReportCsv(m_plan, false));
}

UsageWizard::UsageWizard(Context &context, QWidget *parent)
    : QWizard(parent)
    , m_context(context)
    , m_file(new ImportFilePage(context, usageForm(), this))
    , m_columns(new ImportColumnsPage(*m_file, usageForm(), this))
    , m_rows(new UsageRowsPage(context, *m_file, *m_columns, this))
{
    setWindowTitle(tr("Import usage"));
    setModal(true);
    setWizardStyle(QWizard::ModernStyle);
    setOption(QWizard::NoBackButtonOnStartPage);
    for (auto *page : {static_cast<QWizardPage *>(m_file), static_cast<QWizardPage *>(m_columns),
                       static_cast<QWizardPage *>(m_rows)})
        addPage(page);
    resize(fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 36);
}

void UsageWizard::openFile(const QString &path)
{
    m_file->openFile(path);
}

void UsageWizard::accept()
{
    const auto result = m_context.workspace.recordUsages(m_rows->plan().reports());
    if (!result) {
        m_rows->messages()->showError(result.error());
        return;
    }
    QWizard::accept();
}

} // namespace countersign

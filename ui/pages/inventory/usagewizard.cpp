// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/inventory/usagewizard.h"

#include <QCheckBox>
#include <QVBoxLayout>

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
    : RowsPage(context, file, columns, parent)
    , m_leaveOut(new QCheckBox(tr("&Leave out the rows at fault"), this))
    , m_rows(new RecordModel<UsageRow>(
          columnsOfRows(), [](const UsageRow &row) { return QString::number(row.line) + whyOf(row); }, this))
{
    setSubTitle(tr("Good rows become usage reports, all in one signed entry. What the register has already is not "
                   "written again."));
    build(m_rows,
          {{tr("At fault"), static_cast<int>(UsageRowState::bad)},
           {tr("Good"), static_cast<int>(UsageRowState::good)},
           {tr("There already"), static_cast<int>(UsageRowState::known)}},
          {2, 3}); // why, and the model
    column()->addWidget(m_leaveOut);
    connect(this, &RowsPage::filterChanged, this, &UsageRowsPage::showFitting);
    connect(m_leaveOut, &QCheckBox::toggled, this, &UsageRowsPage::completeChanged);
    connect(this, &RowsPage::reportWanted, this,
            [this] { saveReport(u"usage-import-report.csv"_s, usageReportCsv(m_plan, false)); });
}

void UsageRowsPage::initializePage()
{
    const auto &workspace = m_context.workspace;
    m_plan = planOf(checkUsage(m_file.table(), m_columns.mapping(), workspace.registry(), workspace.today()));
    m_rows->setRecords(m_plan.rows);
    const auto good = m_plan.count(UsageRowState::good);
    const auto bad = m_plan.count(UsageRowState::bad);
    auto text = tr("<b>%1</b> to import, <b>%2</b> in the register already, <b>%3</b> at fault.")
                    .arg(countText(good), countText(m_plan.count(UsageRowState::known)), countText(bad));
    if (bad > 0)
        text += tr(" Correct them in the file, or leave them out.");
    setSummary(text, m_plan.unmappedColumns);
    m_leaveOut->setChecked(false);
    m_leaveOut->setVisible(bad > 0);
    m_leaveOut->setEnabled(good > 0);
    if (!m_plan.rows.empty() && bad == 0 && good == 0)
        messages()->showMessage(MessageBar::Kind::info,
                                tr("The register has every row of this file already; there is nothing to import."));
    setImported(good, tr("report"), tr("reports"));
}

bool UsageRowsPage::isComplete() const
{
    return m_plan.count(UsageRowState::good) > 0 && (m_plan.count(UsageRowState::bad) == 0 || m_leaveOut->isChecked());
}

void UsageRowsPage::showFitting()
{
    follow([this](int at, const QVariant &state, const QString &text) {
        const auto &row = m_rows->record(at);
        if (state.isValid() && static_cast<int>(row.state) != state.toInt())
            return false;
        return (toQt(row.model) + u' ' + toQt(row.version) + u' ' + whyOf(row)).contains(text, Qt::CaseInsensitive);
    });
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/inventory/rowspage.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/models/badgedelegate.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/tableview.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

QString joined(const std::vector<std::string> &texts)
{
    return toQt(texts).join(u" "_s);
}

BadgeStyle resultOf(const ImportRow &row)
{
    if (!row.errors.empty())
        return {ImportRowsPage::tr("Left out"), Theme::Colour::red, BadgeShape::square};
    if (!row.warnings.empty())
        return {ImportRowsPage::tr("Good, with remark"), Theme::Colour::amber, BadgeShape::triangle};
    return {ImportRowsPage::tr("Good"), Theme::Colour::green, BadgeShape::circle};
}

std::vector<RecordColumn<ImportRow>> reportColumns()
{
    using Column = RecordColumn<ImportRow>;
    return {
        Column(ImportRowsPage::tr("Line"), [](const ImportRow &row) { return QString::number(row.line); })
            .sortedBy([](const ImportRow &row) { return QVariant::fromValue(qint64(row.line)); })
            .asNumber(),
        Column(ImportRowsPage::tr("Result"), [](const ImportRow &row) { return resultOf(row).text; }).asBadge(resultOf),
        Column(ImportRowsPage::tr("Reference"), [](const ImportRow &row) { return toQt(row.model.reference); }),
        Column(ImportRowsPage::tr("Name"), [](const ImportRow &row) { return toQt(row.model.name); }),
        Column(ImportRowsPage::tr("Why"),
               [](const ImportRow &row) { return joined(row.errors.empty() ? row.warnings : row.errors); }),
    };
}

} // namespace

RowsPage::RowsPage(Context &context, const ImportFilePage &file, const ImportColumnsPage &columns, QWidget *parent)
    : QWizardPage(parent)
    , m_context(context)
    , m_file(file)
    , m_columns(columns)
    , m_message(new MessageBar(this))
    , m_summary(new QLabel(this))
    , m_filter(new FilterBar(tr("Search the rows"), this))
    , m_state(m_filter->addFilter(tr("Result"), tr("All rows")))
    , m_view(new TableView(tr("Rows of the file"), this))
    , m_column(new QVBoxLayout(this))
{
    setTitle(tr("Look at every row"));
    auto *save = new QPushButton(tr("Save &report..."), this);
    save->setAutoDefault(false);
    m_filter->addWidget(save);
    m_summary->setWordWrap(true);
    connect(m_filter, &FilterBar::changed, this, &RowsPage::filterChanged);
    connect(save, &QPushButton::clicked, this, &RowsPage::reportWanted);
}

void RowsPage::build(QAbstractItemModel *rows, const QList<QPair<QString, QVariant>> &states, const QList<int> &elastic)
{
    FilterBar::setChoices(m_state, states);
    m_proxy = new RecordProxy(rows, this);
    m_view->setModel(m_proxy);
    m_view->setItemDelegate(new BadgeDelegate(m_view));
    m_view->sortByColumn(0, Qt::AscendingOrder);
    m_view->shareWidth(elastic);
    m_column->addWidget(m_message);
    m_column->addWidget(m_summary);
    m_column->addWidget(m_filter);
    m_column->addWidget(m_view, 1);
}

void RowsPage::follow(const std::function<bool(int row, const QVariant &state, const QString &text)> &fits)
{
    m_proxy->setPredicate(
        [fits, state = m_state->currentData(), text = m_filter->text()](int row) { return fits(row, state, text); });
    m_filter->setShown(m_proxy->rowCount(), m_proxy->sourceModel()->rowCount());
}

void RowsPage::chooseState(const QVariant &state)
{
    m_state->setCurrentIndex(m_state->findData(state));
}

void RowsPage::setSummary(const QString &counts, const std::vector<std::string> &unmappedColumns)
{
    m_summary->setText(unmappedColumns.empty()
                           ? counts
                           : counts +
                                 tr(" Columns not used: %1.").arg(toQt(unmappedColumns).join(u", "_s).toHtmlEscaped()));
}

void RowsPage::setImported(qint64 count, const QString &one, const QString &many)
{
    wizard()->setButtonText(QWizard::FinishButton, tr("&Import %1").arg(countText(count, one, many)));
    Q_EMIT filterChanged();
    Q_EMIT completeChanged();
}

void RowsPage::saveReport(const QString &suggestion, const std::string &csv)
{
    saveAndSay(m_context, this, *m_message,
               {tr("Save the report"), suggestion, tr("CSV (*.csv)"), tr("The report is in %1")}, csv);
}

ImportRowsPage::ImportRowsPage(Context &context, const ImportFilePage &file, const ImportColumnsPage &columns,
                               QWidget *parent)
    : RowsPage(context, file, columns, parent)
    , m_rows(new RecordModel<ImportRow>(
          reportColumns(), [](const ImportRow &row) { return QString::number(row.line); }, this))
{
    setSubTitle(tr("Good rows become models, all in one signed entry. Rows that are left out can be corrected in the "
                   "file and imported later."));
    build(m_rows, {{tr("Left out"), BadRows}, {tr("With remarks"), RemarkRows}}, {3, 4}); // name and why
    connect(this, &RowsPage::filterChanged, this, &ImportRowsPage::showFitting);
    connect(this, &RowsPage::reportWanted, this,
            [this] { saveReport(u"import-report.csv"_s, importReportCsv(m_plan)); });
}

void ImportRowsPage::initializePage()
{
    m_plan = planOf(checkInventory(m_file.table(), m_columns.mapping(), m_context.workspace.policy(),
                                   m_context.workspace.registry()));
    m_rows->setRecords(m_plan.rows);
    const auto total = static_cast<qint64>(m_plan.rows.size());
    setSummary(
        tr("<b>%1</b> good, <b>%2</b> left out.").arg(countText(m_plan.good()), countText(total - m_plan.good())),
        m_plan.unmappedColumns);
    setImported(m_plan.good(), tr("model"), tr("models"));
}

void ImportRowsPage::showFitting()
{
    follow([this](int row, const QVariant &kind, const QString &text) {
        const auto &record = m_rows->record(row);
        if ((kind == BadRows && record.errors.empty()) || (kind == RemarkRows && record.warnings.empty()))
            return false;
        const auto line = toQt(record.model.reference) + u' ' + toQt(record.model.name) + u' ' + joined(record.errors) +
                          u' ' + joined(record.warnings);
        return line.contains(text, Qt::CaseInsensitive);
    });
}

} // namespace countersign

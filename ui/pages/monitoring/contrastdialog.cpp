// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/contrastdialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include "core/report/report.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/histogramchart.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/monitoring/contrastmodel.h"
#include "ui/shell/context.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

constexpr int referencePeriod = -1;

QString runTitle(const Registry &registry, const MonitoringRun &run)
{
    const auto version = registry.versions.find(run.version);
    return ContrastDialog::tr("Version %1 · %2 · %3 · %4 rows")
        .arg(version == registry.versions.end() ? QString() : toQt(version->second.label), timeText(run.at).left(16),
             toQt(run.source), countText(run.rows));
}

} // namespace

ContrastDialog::ContrastDialog(Context &context, const ModelId &model, const RunId &run, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_model(model)
    , m_message(new MessageBar(this))
    , m_summary(new QLabel(this))
    , m_features(new RowsTable(tr("Features on both sides"), featureContrastHeadings(), this))
    , m_figures(new RowsTable(tr("Performance on both sides"), figureContrastHeadings({}), this))
    , m_histogram(new HistogramChart(this))
{
    setWindowTitle(tr("Compare"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(fontMetrics().averageCharWidth() * 170, fontMetrics().height() * 42);
    m_summary->setWordWrap(true);
    m_features->setSelectionMode(QAbstractItemView::SingleSelection);
    m_features->setStretchColumn(0);
    m_figures->setStretchColumn(0);
    auto *sides = new QHBoxLayout;
    sides->addWidget(makeSide(0, tr("First")), 1);
    auto *turn = new QPushButton(tr("&Swap"), this);
    turn->setAutoDefault(false);
    sides->addWidget(turn);
    sides->addWidget(makeSide(1, tr("Second")), 1);
    auto *featureTab = new QSplitter(Qt::Vertical, this);
    featureTab->addWidget(m_features);
    featureTab->addWidget(new ChartPanel(m_histogram, u"compared-distribution"_s, context.dialogs, featureTab));
    featureTab->setChildrenCollapsible(false);
    auto *tabs = new QTabWidget(this);
    tabs->setAccessibleName(tr("What is compared"));
    tabs->setDocumentMode(true);
    tabs->addTab(featureTab, tr("Features"));
    tabs->addTab(m_figures, tr("Performance"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *save = buttons->addButton(tr("E&xport…"), QDialogButtonBox::ActionRole);
    auto *column = new QVBoxLayout(this);
    column->addLayout(sides);
    column->addWidget(m_message);
    column->addWidget(m_summary);
    column->addWidget(tabs, 1);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &ContrastDialog::reject);
    connect(save, &QPushButton::clicked, this, &ContrastDialog::exportCsv);
    connect(turn, &QPushButton::clicked, this, &ContrastDialog::swap);
    connect(m_features, &RowsTable::currentKeyChanged, this, &ContrastDialog::showFeature);

    for (const int side : {0, 1}) {
        m_sides[side].run->setCurrentIndex(m_sides[side].run->findData(toQt(run.str())));
        loadRun(side);
    }
    const int last = m_sides[0].period->count() - 1;
    m_sides[0].period->setCurrentIndex(std::max(0, last - 1));
    m_sides[1].period->setCurrentIndex(last);
    m_filling = false;
    compare();
    m_sides[0].run->setFocus();
}

QWidget *ContrastDialog::makeSide(int side, const QString &title)
{
    auto *box = new QGroupBox(title, this);
    auto &made = m_sides[side];
    made.run = new QComboBox(box);
    made.run->setAccessibleName(tr("%1: run").arg(title));
    made.run->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    made.run->setMinimumContentsLength(24);
    made.period = new QComboBox(box);
    made.period->setAccessibleName(tr("%1: period").arg(title));
    const auto &registry = m_context.workspace.registry();
    for (const auto *run : registry.runsOf(m_model))
        made.run->addItem(runTitle(registry, *run), toQt(run->id.str()));
    auto *row = new QHBoxLayout(box);
    row->addWidget(made.run, 2);
    row->addWidget(made.period, 1);
    connect(made.run, &QComboBox::currentIndexChanged, this, [this, side] {
        if (m_filling)
            return;
        loadRun(side);
        compare();
    });
    connect(made.period, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling)
            compare();
    });
    return box;
}

void ContrastDialog::loadRun(int side)
{
    auto &at = m_sides[side];
    const auto &other = m_sides[1 - side];
    const auto id = at.run->currentData().toString();
    at.result.reset();
    if (other.result && other.run->currentData().toString() == id) {
        at.result = other.result;
    } else if (auto result = m_context.workspace.runResult(RunId(toStd(id)))) {
        at.result = std::make_shared<const RunResult>(std::move(*result));
    } else {
        m_message->showError(result.error());
    }
    const bool filling = std::exchange(m_filling, true);
    at.period->clear();
    if (at.result) {
        at.period->addItem(tr("Reference: %1").arg(toQt(at.result->reference.label)), referencePeriod);
        for (std::size_t i = 0; i < at.result->periods.size(); ++i)
            at.period->addItem(toQt(at.result->periods[i].label), static_cast<int>(i));
        at.period->setCurrentIndex(at.period->count() - 1);
    }
    m_filling = filling;
}

void ContrastDialog::choose(int side, const RunId &run, int period)
{
    auto &at = m_sides[side];
    at.run->setCurrentIndex(at.run->findData(toQt(run.str())));
    at.period->setCurrentIndex(at.period->findData(period));
}

void ContrastDialog::swap()
{
    const auto key = [this](int side) {
        return std::pair(RunId(toStd(m_sides[side].run->currentData().toString())),
                         m_sides[side].period->currentData().toInt());
    };
    const auto first = key(0);
    const auto second = key(1);
    choose(0, second.first, second.second);
    choose(1, first.first, first.second);
}

namespace {

std::optional<std::size_t> periodOf(const QComboBox *choice)
{
    const int at = choice->currentData().toInt();
    return at < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(at));
}

} // namespace

void ContrastDialog::compare()
{
    if (!m_sides[0].result || !m_sides[1].result)
        return;
    m_message->clear();
    m_contrast = contrastOf({*m_sides[0].result, periodOf(m_sides[0].period)},
                            {*m_sides[1].result, periodOf(m_sides[1].period)});
    m_summary->setText(contrastSummary(*m_contrast));
    m_features->setRows(featureContrastRows(*m_contrast));
    m_figures->rows()->setHeadings(figureContrastHeadings(*m_contrast));
    m_figures->setRows(figureContrastRows(*m_contrast));
    if (m_features->currentKey().isEmpty())
        m_features->selectFirst();
    showFeature();
}

void ContrastDialog::showFeature()
{
    if (!m_contrast)
        return;
    m_histogram->setData(contrastHistogram({*m_sides[0].result, periodOf(m_sides[0].period)},
                                           {*m_sides[1].result, periodOf(m_sides[1].period)}, *m_contrast,
                                           m_features->currentKey()));
}

void ContrastDialog::exportCsv()
{
    ReportTable table{{"kind", "name", "compared", "first", "second", "difference or PSI", "interval or p"}, {}, {}};
    for (const auto &row : featureContrastRows(m_contrast.value_or(Contrast())))
        table.rows.push_back({"feature", toStd(row.cells[0].text), toStd(row.cells[1].text), toStd(row.cells[5].text),
                              toStd(row.cells[6].text), toStd(row.cells[2].text), toStd(row.cells[4].text)});
    for (const auto &row : figureContrastRows(m_contrast.value_or(Contrast())))
        table.rows.push_back({"figure", toStd(row.cells[0].text), toStd(row.cells[1].text), toStd(row.cells[2].text),
                              toStd(row.cells[3].text), toStd(row.cells[4].text), toStd(row.cells[5].text)});
    saveAndSay(m_context, this, *m_message,
               {tr("Export the comparison"), u"comparison.csv"_s, tr("CSV (*.csv)"), tr("The comparison is in %1")},
               toCsv(table));
}

} // namespace countersign

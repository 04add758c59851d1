// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/monitoring/contrastdialog.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include "core/report/report.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/histogramchart.h"
#include "ui/pages/model/promotiondialog.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/monitoring/contrastmodel.h"
#include "ui/pages/monitoring/runside.h"
#include "ui/shell/context.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

ContrastDialog::ContrastDialog(Context &context, const ModelId &model, const RunId &run, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_model(model)
    , m_sides{new RunSide(context, model, tr("First"), {}, this), new RunSide(context, model, tr("Second"), {}, this)}
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
    m_features->shareWidth({0});
    m_figures->shareWidth({0});
    auto *sides = new QHBoxLayout;
    sides->addWidget(m_sides[0], 1);
    auto *turn = new QPushButton(tr("&Swap"), this);
    turn->setAutoDefault(false);
    sides->addWidget(turn);
    sides->addWidget(m_sides[1], 1);
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
    m_promote = buttons->addButton(tr("Request &promotion…"), QDialogButtonBox::ActionRole);
    m_promote->setAutoDefault(false);
    connect(m_promote, &QPushButton::clicked, this, &ContrastDialog::promote);
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
        m_sides[side]->shareWith(m_sides[1 - side]);
        m_sides[side]->choose(run);
        connect(m_sides[side], &RunSide::failed, m_message, &MessageBar::showError);
    }
    m_sides[0]->choosePeriod(std::max(0, m_sides[0]->periods() - 2));
    for (auto *side : m_sides)
        connect(side, &RunSide::changed, this, &ContrastDialog::compare);
    compare();
    m_sides[0]->setFocus();
}

void ContrastDialog::choose(int side, const RunId &run, int period)
{
    m_sides[side]->choose(run, period);
}

void ContrastDialog::swap()
{
    const std::pair first(m_sides[0]->run(), m_sides[0]->periodNumber());
    const std::pair second(m_sides[1]->run(), m_sides[1]->periodNumber());
    choose(0, second.first, second.second);
    choose(1, first.first, first.second);
}

QString ContrastDialog::whyNotPromoted() const
{
    const auto &workspace = m_context.workspace;
    if (const auto why = workspace.whyNot("deploymentRequested"))
        return toQt(*why);
    const auto &registry = workspace.registry();
    const auto versionOf = [&](const RunSide *side) -> const ModelVersion * {
        const auto run = registry.runs.find(side->run());
        const auto version =
            run == registry.runs.end() ? registry.versions.end() : registry.versions.find(run->second.version);
        return version == registry.versions.end() ? nullptr : &version->second;
    };
    const auto *champion = versionOf(m_sides[0]);
    const auto *challenger = versionOf(m_sides[1]);
    if (!champion || champion->stage != VersionStage::inProduction)
        return tr("Choose a run of the version in production as the first side.");
    if (!challenger || challenger->stage == VersionStage::inProduction || challenger->stage == VersionStage::retired)
        return tr("Choose a run of a version that could be promoted as the second side.");
    return {};
}

void ContrastDialog::promote()
{
    (new PromotionDialog(
         m_context, m_model,
         PromotionChoices{{m_sides[0]->run(), m_sides[0]->period()}, {m_sides[1]->run(), m_sides[1]->period()}}, this))
        ->open();
}

void ContrastDialog::compare()
{
    const auto why = whyNotPromoted();
    m_promote->setEnabled(why.isEmpty());
    m_promote->setToolTip(why);
    if (!m_sides[0]->result() || !m_sides[1]->result())
        return;
    m_message->clear();
    m_contrast =
        contrastOf({*m_sides[0]->result(), m_sides[0]->period()}, {*m_sides[1]->result(), m_sides[1]->period()});
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
    m_histogram->setData(contrastHistogram(*m_contrast, m_features->currentKey()));
}

void ContrastDialog::exportCsv()
{
    ReportTable table{
        {"kind", "name", "compared", "first", "second", "difference or PSI", "interval", "p, adjusted"}, {}, {}};
    for (const auto &row : featureContrastRows(m_contrast.value_or(Contrast())))
        table.rows.push_back({"feature",
                              toStd(row.cells[0].text),
                              toStd(row.cells[1].text),
                              toStd(row.cells[5].text),
                              toStd(row.cells[6].text),
                              toStd(row.cells[2].text),
                              {},
                              toStd(row.cells[4].text)});
    for (const auto &row : figureContrastRows(m_contrast.value_or(Contrast())))
        table.rows.push_back({"figure", toStd(row.cells[0].text), toStd(row.cells[1].text), toStd(row.cells[2].text),
                              toStd(row.cells[3].text), toStd(row.cells[4].text), toStd(row.cells[5].text),
                              toStd(row.cells[6].text)});
    saveAndSay(m_context, this, *m_message,
               {tr("Export the comparison"), u"comparison.csv"_s, tr("CSV (*.csv)"), tr("The comparison is in %1")},
               toCsv(table));
}

} // namespace countersign

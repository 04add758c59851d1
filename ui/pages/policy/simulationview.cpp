// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/policy/simulationview.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/report/report.h"
#include "ui/models/policyrows.h"
#include "ui/shell/context.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

SimulationView::SimulationView(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_moves(new RecordModel<TierMove>(
          moveColumns(), [](const TierMove &move) { return toQt(move.model.str()); }, this))
    , m_overdue(new RecordModel<NewlyOverdue>(
          newlyOverdueColumns(), [](const NewlyOverdue &item) { return toQt(item.model.str() + item.what); }, this))
    , m_unmet(new RecordModel<UnmetApproval>(
          unmetColumns(), [](const UnmetApproval &unmet) { return toQt(unmet.subject + unmet.why); }, this))
    , m_stages(new RecordModel<LostStage>(
          lostStageColumns(), [](const LostStage &lost) { return toQt(lost.model.str()); }, this))
    , m_stale(new RecordModel<StaleDecision>(
          staleDecisionColumns(),
          [](const StaleDecision &decision) { return toQt(decision.request.str() + decision.signer); }, this))
    , m_summary(new QLabel(this))
{
    m_summary->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_summary);
    m_moveTable = addSection(m_moveHeader, tr("Models that move tier"), m_moves);
    m_overdueTable = addSection(m_overdueHeader, tr("Newly overdue"), m_overdue);
    m_unmetTable = addSection(m_unmetHeader, tr("Approvals that nobody could give"), m_unmet);
    m_stageTable = addSection(m_stageHeader, tr("Models whose stage vanishes"), m_stages);
    m_staleTable = addSection(m_staleHeader, tr("Signatures that become stale"), m_stale);
    auto *save = m_moveHeader->addAction(tr("E&xport…"));
    save->setToolTip(tr("Saves who moves and why as CSV"));
    connect(save, &QPushButton::clicked, this, &SimulationView::exportCsv);
    connect(m_moveTable, &TableView::opened, this, [this](const QModelIndex &index) {
        if (const auto *move = m_moves->recordAt(index))
            m_context.navigator.openModel(move->model, u"tier"_s);
    });
    connect(m_overdueTable, &TableView::opened, this, [this](const QModelIndex &index) {
        if (const auto *item = m_overdue->recordAt(index))
            m_context.navigator.openModel(item->model);
    });
    connect(m_staleTable, &TableView::opened, this, [this](const QModelIndex &index) {
        if (const auto *decision = m_stale->recordAt(index))
            m_context.navigator.openModel(decision->model, u"signoffs"_s);
    });
    connect(m_stageTable, &TableView::opened, this, [this](const QModelIndex &index) {
        if (const auto *lost = m_stages->recordAt(index))
            m_context.navigator.openModel(lost->model);
    });
}

template <class Record>
TableView *SimulationView::addSection(SectionHeader *&header, const QString &title, RecordModel<Record> *model)
{
    header = new SectionHeader(title, this);
    auto *table = new TableView(title, this);
    table->setModel(new RecordProxy(model, this));
    table->horizontalHeader()->setStretchLastSection(true);
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->addWidget(header);
    column->addWidget(table, 1);
    return table;
}

void SimulationView::show(const Simulation &simulation)
{
    m_simulation = simulation;
    m_moves->setRecords(simulation.moves);
    m_overdue->setRecords(simulation.overdue);
    m_unmet->setRecords(simulation.unmet);
    m_stages->setRecords(simulation.stages);
    m_stale->setRecords(simulation.stale);
    const auto remark = [](std::size_t count) { return count == 0 ? tr("none") : countText(qint64(count)); };
    m_moveHeader->setRemark(remark(simulation.moves.size()));
    m_overdueHeader->setRemark(remark(simulation.overdue.size()));
    m_unmetHeader->setRemark(remark(simulation.unmet.size()));
    m_stageHeader->setRemark(remark(simulation.stages.size()));
    m_staleHeader->setRemark(remark(simulation.stale.size()));
    m_moveTable->setVisible(!simulation.moves.empty());
    m_overdueTable->setVisible(!simulation.overdue.empty());
    m_unmetTable->setVisible(!simulation.unmet.empty());
    m_stageTable->setVisible(!simulation.stages.empty());
    m_staleTable->setVisible(!simulation.stale.empty());
    for (auto *table : {m_moveTable, m_overdueTable, m_unmetTable, m_stageTable, m_staleTable})
        table->fitColumns(40);
    setOutdated(false);
}

void SimulationView::setOutdated(bool outdated)
{
    const auto looked = countText(m_simulation.models, tr("model"), tr("models"));
    const auto unrated = m_simulation.unrated == 0
                             ? QString()
                             : tr(" %1 without a tier: held to the demands of the riskiest.")
                                   .arg(countText(m_simulation.unrated, tr("model is"), tr("models are")));
    m_summary->setText(
        outdated ? tr("The draft has changed since it was simulated on %1. Simulate it again.").arg(looked)
                 : tr("Simulated on %1 as they stand now. Nothing has been published.").arg(looked) + unrated);
}

void SimulationView::exportCsv()
{
    ReportTable table{{"reference", "name", "tier now", "tier under the draft", "why"}, {}, {}};
    for (const auto &move : m_simulation.moves)
        table.rows.push_back({move.reference, move.name, move.fromLabel, move.toLabel, move.why});
    saveBytes(m_context, this, tr("Export who moves tier"),
              u"%1-%2-moves.csv"_s.arg(toQt(m_simulation.pack)).arg(m_simulation.version), tr("CSV (*.csv)"),
              toCsv(table));
}

} // namespace countersign

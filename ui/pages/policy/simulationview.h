// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/policy/simulation.h"
#include "ui/models/recordmodel.h"

class QLabel;

namespace countersign {

struct Context;
class SectionHeader;
class TableView;

/// What a draft policy would do: who moves tier, what becomes overdue, what nobody could approve,
/// whose stage vanishes, whose signatures become stale.
class SimulationView : public QWidget
{
    Q_OBJECT

public:
    explicit SimulationView(Context &context, QWidget *parent = nullptr);

    void show(const Simulation &simulation);
    /// The draft is not the one simulated any more.
    void setOutdated(bool outdated);
    [[nodiscard]] const Simulation &simulation() const { return m_simulation; }
    [[nodiscard]] TableView *moves() const { return m_moveTable; }

private:
    template <class Record>
    TableView *addSection(SectionHeader *&header, const QString &title, RecordModel<Record> *model);
    void exportCsv();

    Context &m_context;
    Simulation m_simulation;
    RecordModel<TierMove> *m_moves;
    RecordModel<NewlyOverdue> *m_overdue;
    RecordModel<UnmetApproval> *m_unmet;
    RecordModel<LostStage> *m_stages;
    RecordModel<StaleDecision> *m_stale;
    QLabel *m_summary;
    SectionHeader *m_moveHeader = nullptr;
    SectionHeader *m_overdueHeader = nullptr;
    SectionHeader *m_unmetHeader = nullptr;
    SectionHeader *m_stageHeader = nullptr;
    SectionHeader *m_staleHeader = nullptr;
    TableView *m_moveTable = nullptr;
    TableView *m_overdueTable = nullptr;
    TableView *m_unmetTable = nullptr;
    TableView *m_stageTable = nullptr;
    TableView *m_staleTable = nullptr;
};

} // namespace countersign

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "core/base/hash.h"
#include "core/domain/differences.h"
#include "core/policy/policypack.h"
#include "ui/models/recordmodel.h"

class QPushButton;
class QTabWidget;

namespace countersign {

struct Context;
class MessageBar;
class PackEditor;
class PackTextEdit;
class SectionHeader;
class SimulationView;
class TableView;

/// A draft of a policy: its parts as a tree, its text, what it changes, and what it would do. It is checked at every
/// change, simulated on the inventory when asked, and published when nothing stands in the way.
class DraftEditor : public QWidget
{
    Q_OBJECT

public:
    explicit DraftEditor(Context &context, QWidget *parent = nullptr);

    /// `basedOn` is the digest of the policy in force when the draft was begun.
    void start(const QString &text, const Hash256 &basedOn);
    [[nodiscard]] QString text() const;
    [[nodiscard]] Hash256 basedOn() const { return m_basedOn; }
    /// Reads the register and the signed-in person again.
    void refresh();
    void focusStart();

    [[nodiscard]] const std::vector<PolicyFault> &faults() const { return m_faults; }
    [[nodiscard]] PackEditor *parts() const { return m_parts; }
    [[nodiscard]] PackTextEdit *source() const { return m_text; }
    [[nodiscard]] SimulationView *simulation() const { return m_simulation; }
    [[nodiscard]] TableView *faultTable() const { return m_faultTable; }

public Q_SLOTS:
    void simulate();
    void publish();

Q_SIGNALS:
    void changed();   ///< the text, or what it is based on
    void discarded(); ///< the person wants the draft gone
    void published();
    void proposed();

private:
    void goOnFromForce();
    void propose(const QString &effect);
    void tellRefusal(const Error &error);
    void buildHeader();
    void buildTabs();
    void buildFaults();
    void partsEdited();
    void check();
    void showChanges();
    void refreshActions();
    void saveCopy();
    void goToFault(const PolicyFault &fault);

    Context &m_context;
    Hash256 m_basedOn;
    std::vector<PolicyFault> m_faults;
    QString m_unsatisfied; ///< what of the draft nobody enrolled could do, and a rule needs; empty: nothing
    QString m_simulated;   ///< the text that was simulated
    QTimer m_pause;        ///< the check waits until typing pauses
    bool m_offersRebase = false;
    RecordModel<PolicyFault> *m_faultRows;
    RecordModel<FieldChange> *m_changeRows;
    SectionHeader *m_header = nullptr;
    SectionHeader *m_faultHeader = nullptr;
    MessageBar *m_message = nullptr;
    QTabWidget *m_tabs = nullptr;
    PackEditor *m_parts = nullptr;
    PackTextEdit *m_text = nullptr;
    TableView *m_changes = nullptr;
    TableView *m_faultTable = nullptr;
    SimulationView *m_simulation = nullptr;
    QPushButton *m_undo = nullptr;
    QPushButton *m_redo = nullptr;
    QPushButton *m_simulate = nullptr;
    QPushButton *m_publish = nullptr;
};

} // namespace countersign

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/model/modeltab.h"

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace countersign {

class ActionGate;
class FindingPanel;
class KeyValueForm;

/// What the inventory says of a model, for reading; its findings; what it depends on and what depends on it.
class OverviewTab : public ModelTab
{
    Q_OBJECT

public:
    explicit OverviewTab(Context &context, QWidget *parent = nullptr);
    void refresh() override;
    void select(const QString &finding) override;
    void focusStart() override;

protected:
    void modelChanged() override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeFields();
    QWidget *makeSide();
    void showFields(const Model &model);
    void showService(const Model &model);
    void showDependencies(const Model &model);
    void edit();

    QPushButton *m_edit;
    QPushButton *m_retire;
    QPushButton *m_scope;
    QLabel *m_whyNot;
    QScrollArea *m_scroll;
    KeyValueForm *m_purpose = nullptr;
    KeyValueForm *m_use = nullptr;
    KeyValueForm *m_people = nullptr;
    KeyValueForm *m_build = nullptr;
    KeyValueForm *m_service = nullptr;
    KeyValueForm *m_life = nullptr;
    FindingPanel *m_findings = nullptr;
    QLabel *m_dependencies = nullptr;
    QLabel *m_dependents = nullptr;
    ActionGate *m_gate;
};

} // namespace countersign

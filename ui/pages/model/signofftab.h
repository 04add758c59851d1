// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/model/modeltab.h"

class QLabel;
class QPushButton;
class QScrollArea;

namespace countersign {

class ActionGate;
class EmptyState;
class RequestView;
class RowsTable;

/// The deployment requests of a model, and the selected one on a page below.
class SignOffTab : public ModelTab
{
    Q_OBJECT

public:
    explicit SignOffTab(Context &context, QWidget *parent = nullptr);
    void refresh() override;
    void select(const QString &request) override;
    void focusStart() override;

protected:
    void modelChanged() override;

private:
    void showRequest();

    QPushButton *m_request;
    QLabel *m_whyNot;
    EmptyState *m_empty;
    QWidget *m_filled;
    RowsTable *m_requests;
    QScrollArea *m_scroll;
    RequestView *m_view;
    ActionGate *m_gate;
};

} // namespace countersign

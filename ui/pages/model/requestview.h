// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/report/brief.h"

class QLabel;
class QPushButton;

namespace countersign {

struct Context;
class KeyValueForm;
class MessageBar;
class RowsTable;

/// One deployment request on a page: what changes and which checks hold at the left; at the right who must sign, who
/// has, and what the signed-in person can do about it; below them how a challenger compares with the champion.
class RequestView : public QWidget
{
    Q_OBJECT

public:
    explicit RequestView(Context &context, QWidget *parent = nullptr);
    void showRequest(const RequestId &request);

private:
    QWidget *makeLeft();
    QWidget *makeRight();
    QWidget *makePromotion();
    void showBrief();
    void showDecisionPanel();
    void showPromotion();
    void showNextStep();
    void recompute();
    [[nodiscard]] QString waitingText(const Brief &brief) const;
    void showSignature();
    void sign();
    void showReceipt(std::size_t signOff);
    void showStale();
    void abstain();
    void deploy();
    void showOwed();
    void meetCondition();
    void showAgain();
    void requestAgain();
    [[nodiscard]] QString whyNotAgain() const;
    [[nodiscard]] std::optional<std::size_t> selectedSignature() const;

    Context &m_context;
    RequestId m_request;
    std::optional<Brief> m_brief;
    QLabel *m_title = nullptr;
    QLabel *m_justification = nullptr;
    QLabel *m_changesTitle = nullptr;
    RowsTable *m_changes = nullptr;
    QLabel *m_noChanges = nullptr;
    RowsTable *m_checks = nullptr;
    RowsTable *m_signatures = nullptr;
    QLabel *m_mustSign = nullptr;
    KeyValueForm *m_signature = nullptr;
    MessageBar *m_panel = nullptr;
    QPushButton *m_sign = nullptr;
    QPushButton *m_receipt = nullptr;
    QPushButton *m_withdraw = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_abstain = nullptr;
    MessageBar *m_messages = nullptr;
    QWidget *m_staleTitle = nullptr;
    RowsTable *m_stale = nullptr;
    QWidget *m_compared = nullptr;
    RowsTable *m_promotion = nullptr;
    QLabel *m_sides = nullptr;
    MessageBar *m_recomputed = nullptr;
    QPushButton *m_handOver = nullptr;
    QPushButton *m_deploy = nullptr;
    QWidget *m_owedTitle = nullptr;
    RowsTable *m_owed = nullptr;
    QPushButton *m_met = nullptr;
};

} // namespace countersign

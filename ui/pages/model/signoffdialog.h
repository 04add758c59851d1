// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/workspace/workspace.h"
#include "ui/pages/model/requestrows.h"
#include "ui/widgets/actdialog.h"

class QButtonGroup;

namespace countersign {

struct Context;
class ConditionList;
class CoveredItems;
class RowsTable;

/// Signs a request: what is signed, what the signature means, the decision, and the passphrase. When something changed
/// since it was shown, it says what, shows it anew and signs nothing.
class SignOffDialog : public ActDialog
{
    Q_OBJECT

public:
    SignOffDialog(Context &context, Brief brief, QWidget *parent);

    void setDecision(Decision decision);
    [[nodiscard]] Decision decision() const;

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;
    void refused(const Error &error) override;

private:
    void makeSubject();
    void makeDecisions();
    void makeFields();
    void followDecision();
    void reload();
    void showBrief(const std::vector<CoverDifference> &differences);
    [[nodiscard]] Role role() const;
    [[nodiscard]] std::optional<QString> whyNot(Decision decision) const;
    void setFieldVisible(QWidget *field, bool visible);

    Context &m_context;
    Brief m_brief;
    QString m_barred; ///< why the signed-in person cannot sign at all; empty: can
    bool m_signing = false;
    CoveredItems *m_covered = nullptr;
    QLabel *m_subject = nullptr;
    RowsTable *m_promotion = nullptr; ///< seen where a challenger is promoted
    QLabel *m_sides = nullptr;
    QButtonGroup *m_decisions = nullptr;
    QLabel *m_barredDecisions = nullptr;
    QLabel *m_meaning = nullptr;
    QComboBox *m_role = nullptr;
    QPlainTextEdit *m_conditions = nullptr;
    ConditionList *m_owed = nullptr;
    QDateEdit *m_expires = nullptr;
    QPlainTextEdit *m_comment = nullptr;
    QLineEdit *m_passphrase = nullptr;
};

} // namespace countersign

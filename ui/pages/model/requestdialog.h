// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/domain/governance.h"
#include "core/policy/policypack.h"
#include "ui/widgets/actdialog.h"

namespace countersign {

struct Context;

class Workspace;

/// What stands in a dialog before a request is opened: the checks of the version, line by line, and who will sign.
[[nodiscard]] QString checksText(const Workspace &workspace, const VersionId &version,
                                 const Promotion *offered = nullptr);
[[nodiscard]] QString signersText(const Workspace &workspace, const ModelId &model);
/// A label for such text.
[[nodiscard]] QLabel *wrappingText(QWidget *parent);

/// Asks for the deployment of a version, and says beforehand which conditions hold and who will have to sign.
class RequestDialog : public ActDialog
{
    Q_OBJECT

public:
    /// `version` may be none: the newest is offered.
    RequestDialog(Context &context, const ModelId &model, const VersionId &version, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    void showChecks();
    [[nodiscard]] VersionId chosen() const;

    Context &m_context;
    ModelId m_model;
    QComboBox *m_version;
    QPlainTextEdit *m_justification;
    QLabel *m_checks;
    QLabel *m_signers;
};

/// Takes back a request that is still open.
class WithdrawDialog : public ActDialog
{
    Q_OBJECT

public:
    WithdrawDialog(Context &context, const RequestId &request, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    Context &m_context;
    RequestId m_request;
    QPlainTextEdit *m_reason;
};

} // namespace countersign

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <functional>

#include "ui/widgets/actdialog.h"

namespace countersign {

/// Asks for the reason of an act, or only whether to do it.
class ReasonDialog : public ActDialog
{
    Q_OBJECT

public:
    /// `note` stands over the field; without `reasonLabel` no reason is asked.
    ReasonDialog(const QString &title, const QString &note, const QString &action, const QString &reasonLabel,
                 std::function<Result<void>(const std::string &reason)> perform, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    [[nodiscard]] std::string reason() const;

    std::function<Result<void>(const std::string &)> m_perform;
    QPlainTextEdit *m_reason = nullptr;
};

/// Asks for the conflict of interest that keeps somebody from signing `paper` ("request").
[[nodiscard]] ReasonDialog *
abstainDialog(const QString &paper, std::function<Result<void>(const std::string &reason)> abstain, QWidget *parent);

} // namespace countersign

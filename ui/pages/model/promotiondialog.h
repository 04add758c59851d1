// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/workspace/promotion.h"
#include "ui/widgets/actdialog.h"

namespace countersign {

struct Context;
class RowsTable;
class RunSide;

struct PromotionChoices
{
    PromotionChoice champion;
    PromotionChoice challenger;
};

/// Requests the promotion of a challenger over the version in production, with the figures of both from their recorded
/// runs.
class PromotionDialog : public ActDialog
{
    Q_OBJECT

public:
    PromotionDialog(Context &context, const ModelId &model, const PromotionChoices &choices, QWidget *parent);
    /// Compares the newest runs of the version in production and of `challenger`.
    PromotionDialog(Context &context, const ModelId &model, const VersionId &challenger, QWidget *parent);

    [[nodiscard]] RowsTable *figures() const { return m_figures; }

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    PromotionDialog(Context &context, const ModelId &model, QWidget *parent);
    void compare();

    Context &m_context;
    RunSide *m_champion;
    RunSide *m_challenger;
    RowsTable *m_figures;
    QLabel *m_sides;
    QLabel *m_checks;
    QLabel *m_signers;
    QPlainTextEdit *m_justification;
    std::optional<Promotion> m_promotion;
};

/// The newest run of a version; none when nothing was recorded for it.
[[nodiscard]] RunId newestRun(const Registry &registry, const VersionId &version);

} // namespace countersign

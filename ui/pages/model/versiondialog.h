// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <optional>

#include "core/domain/model.h"
#include "ui/widgets/actdialog.h"

class QCheckBox;

namespace countersign {

struct Context;

/// Registers a version of a model, or edits one.
class VersionDialog : public ActDialog
{
    Q_OBJECT

public:
    /// Registers a new version.
    VersionDialog(Context &context, const ModelId &model, QWidget *parent);
    /// Edits `version`; an edit that somebody else overtook is refused and said so.
    VersionDialog(Context &context, const ModelVersion &version, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    VersionDialog(Context &context, std::optional<ModelVersion> edited, const ModelId &model, QWidget *parent);
    void showVersion(const ModelVersion &version);

    Context &m_context;
    ModelVersion m_version;
    bool m_new;
    QLineEdit *m_label;
    QLineEdit *m_method;
    QPlainTextEdit *m_changes;
    QPlainTextEdit *m_trainingData;
    QLineEdit *m_artefact;
    QPlainTextEdit *m_importance;
    QComboBox *m_stage;
};

/// "feature, 0.8" a line (comma, semicolon, tab or equals sign) to importances; the error names the first line that
/// cannot be read.
[[nodiscard]] Result<std::vector<FeatureImportance>> importanceFromText(const QString &text);
[[nodiscard]] QString importanceLines(const std::vector<FeatureImportance> &importance);

} // namespace countersign

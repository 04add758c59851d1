// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/domain/model.h"
#include "ui/widgets/actdialog.h"

namespace countersign {

struct Context;

/// Attaches a file to a version. The bytes are kept in the workspace and named by their digest.
class DocumentDialog : public ActDialog
{
    Q_OBJECT

public:
    DocumentDialog(Context &context, const ModelVersion &version, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    void browse();

    Context &m_context;
    VersionId m_version;
    QComboBox *m_kind;
    QLineEdit *m_path = nullptr;
};

} // namespace countersign

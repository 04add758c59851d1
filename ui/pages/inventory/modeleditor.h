// SPDX-License-Identifier: GPL-3.0-or-later
//
// Registers a model, or edits one, in tabs. Checks while typing, asks why on an edit, and when somebody else changed
// the same model meanwhile shows base, mine and theirs field by field.
#pragma once

#include <QDialog>
#include <memory>
#include <optional>

#include "core/domain/model.h"

namespace countersign {

struct Context;

class ModelEditor : public QDialog
{
    Q_OBJECT

public:
    /// Without a model: registers a new one. Use open(); `saved` tells the id.
    explicit ModelEditor(Context &context, std::optional<Model> model, QWidget *parent = nullptr);
    ~ModelEditor() override;

    /// The model as the fields say now.
    [[nodiscard]] Model edited() const;

public Q_SLOTS:
    void accept() override;
    void reject() override;

Q_SIGNALS:
    void saved(const countersign::ModelId &model);

private:
    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace countersign

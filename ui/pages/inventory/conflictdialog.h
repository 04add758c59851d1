// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <set>
#include <string>
#include <vector>

#include "ui/pages/inventory/modelmerge.h"

class QComboBox;

namespace countersign {

/// Somebody else changed the model meanwhile: base, mine and theirs side by side, to choose field by field.
class ConflictDialog : public QDialog
{
    Q_OBJECT

public:
    ConflictDialog(const std::vector<MergeField> &fields, const QString &model, const QString &who,
                   QWidget *parent = nullptr);
    /// The fields for which theirs was chosen.
    [[nodiscard]] std::set<std::string> takeTheirs() const;
    /// The choice for one field: true for theirs.
    void choose(const std::string &field, bool theirs);

private:
    std::vector<std::pair<std::string, QComboBox *>> m_choices;
};

} // namespace countersign

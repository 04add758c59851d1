// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabWidget>
#include <memory>

#include "core/domain/registry.h"

namespace countersign {

/// The fields of a model in tabs: Identity, Use, People, Data, Dates.
struct PolicyPack;

class ModelForm : public QTabWidget
{
    Q_OBJECT

public:
    /// `registry` gives the names to complete and the references that are taken.
    ModelForm(const PolicyPack &pack, const Registry &registry, QWidget *parent = nullptr);
    ~ModelForm() override;

    void setModel(const Model &model);
    /// What the fields say; what they do not show (id, revision) is that of the model set last.
    [[nodiscard]] Model model() const;
    /// The first thing that is wrong, or empty.
    [[nodiscard]] QString problem() const;
    /// Goes to the field that is wrong.
    void showProblem();

Q_SIGNALS:
    void changed();

private:
    void buildIdentity();
    void buildUse();
    void buildPeople();
    void buildData();
    void buildDates();
    [[nodiscard]] std::pair<QWidget *, QString> firstProblem() const;

    struct Private;
    std::unique_ptr<Private> m_d;
};

} // namespace countersign

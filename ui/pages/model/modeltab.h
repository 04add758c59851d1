// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include "core/domain/model.h"

class QLabel;

namespace countersign {

struct Context;

/// One tab of the model page. The page calls refresh() on the tab that is seen, after every change and sign-in.
class ModelTab : public QWidget
{
    Q_OBJECT

public:
    explicit ModelTab(Context &context, QWidget *parent = nullptr);

    /// Shows another model from the start, or refreshes the same one.
    void showModel(const ModelId &model);
    /// Reads the register anew, keeping selection, scroll position and what is being written.
    virtual void refresh() = 0;
    /// Puts `item` (an id of the tab's records) before the person; an unknown one changes nothing.
    virtual void select(const QString &item);
    /// Puts the keyboard where a person would start.
    virtual void focusStart() = 0;

protected:
    /// Called before the first refresh of another model.
    virtual void modelChanged() {}
    [[nodiscard]] Context &context() const { return m_context; }
    [[nodiscard]] const ModelId &modelId() const { return m_model; }
    [[nodiscard]] const Model *model() const; ///< none: the register does not hold it

private:
    Context &m_context;
    ModelId m_model;
};

/// A quiet line of words that wraps; its text can be selected.
[[nodiscard]] QLabel *quietLabel(QWidget *parent);

} // namespace countersign

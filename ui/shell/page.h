// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

namespace countersign {

struct Context;

/// One place of the window. Pages read the register and ask the workspace for acts; they learn of results through
/// Context::changes and redraw themselves.
class Page : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;
    [[nodiscard]] virtual QString pageId() const = 0;
    [[nodiscard]] virtual QString title() const = 0;
    /// Puts the keyboard where a person would start.
    virtual void focusStart() = 0;
};

} // namespace countersign

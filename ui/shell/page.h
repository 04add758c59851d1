// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <functional>

namespace countersign {

struct Context;
class EmptyState;
class TableView;

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

protected:
    /// Calls `reload` when the page comes into sight, and after each change of the register: at once in sight, else
    /// when it comes into sight next.
    void keepFresh(Context &context, std::function<void()> reload);
    void showEvent(QShowEvent *event) override;
    /// The keyboard on @p table, or on the button of @p empty while that stands in its place.
    void startAt(TableView &table, EmptyState &empty);

private:
    void refreshStale();

    std::function<void()> m_reload;
    bool m_stale = true;
};

} // namespace countersign

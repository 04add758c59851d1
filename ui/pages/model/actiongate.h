// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <string>
#include <vector>

class QAbstractButton;
class QLabel;

namespace countersign {

struct Context;

/// Greys out the actions that the signed-in person may not do. A disabled button says why in its tool tip; what the
/// policy forbids stands in words in `line` too, which hides when there is nothing to say.
class ActionGate : public QObject
{
    Q_OBJECT

public:
    ActionGate(Context &context, QLabel *line, QObject *parent);

    /// `button` does what the policy calls `fact`. `unless` says what else stands in the way ("Select a version
    /// first."), or nothing.
    void add(QAbstractButton *button, std::string fact, std::function<QString()> unless = {});
    void refresh();

private:
    struct Action
    {
        QAbstractButton *button;
        std::string fact;
        std::function<QString()> unless;
        QString toolTip;
    };

    [[nodiscard]] QString inWords(const std::vector<const Action *> &forbidden) const;

    Context &m_context;
    QLabel *m_line;
    std::vector<Action> m_actions;
};

} // namespace countersign

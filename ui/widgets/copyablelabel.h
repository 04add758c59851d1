// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;
class QToolButton;

namespace countersign {

/// One line to take away (a digest, a path, an id): read-only, selectable, with a button that copies it whole.
class CopyableLabel : public QWidget
{
    Q_OBJECT

public:
    explicit CopyableLabel(const QString &accessibleName, QWidget *parent = nullptr);
    void setText(const QString &text);
    [[nodiscard]] QString text() const;
    void setMonospace(bool monospace);

private:
    QLineEdit *m_line;
    QToolButton *m_copy;
};

} // namespace countersign

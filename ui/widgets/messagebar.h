// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "core/base/error.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace countersign {

/// One message in its place on a page or dialog: icon, words, perhaps an action. Hidden until shown.
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { info, success, warning, error };

    explicit MessageBar(QWidget *parent = nullptr);
    void showMessage(Kind kind, const QString &text, const QString &action = {});
    /// What went wrong and what to do; Cancelled hides the bar.
    void showError(const Error &error);
    void clear();
    void setClosable(bool closable);
    [[nodiscard]] QString text() const;
    [[nodiscard]] Kind kind() const { return m_kind; }

Q_SIGNALS:
    void activated(); ///< the action was pressed

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void restyle();

    Kind m_kind = Kind::info;
    bool m_closable = true;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_action;
    QToolButton *m_close;
};

} // namespace countersign

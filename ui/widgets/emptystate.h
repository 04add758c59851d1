// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace countersign {

/// Says why there is nothing here and offers what to do about it.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    /// `icon` is a name of resources/icons; without `button` there is nothing to press.
    explicit EmptyState(const QString &icon, const QString &title, const QString &sentence, const QString &button = {},
                        QWidget *parent = nullptr);
    void setTexts(const QString &title, const QString &sentence, const QString &button = {});
    /// Greys the button out, with the reason as its tool tip; no reason enables it.
    void setDisabledReason(const QString &reason);
    [[nodiscard]] QPushButton *button() const { return m_button; }

Q_SIGNALS:
    void activated();

protected:
    void changeEvent(QEvent *event) override;

private:
    void drawIcon();

    QString m_iconName;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_sentence;
    QPushButton *m_button;
};

} // namespace countersign

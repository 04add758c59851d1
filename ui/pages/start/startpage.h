// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;
class QSettings;

namespace countersign {

class MessageBar;

/// What one sees without an open workspace: new, open, the files used last, the demonstration.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    StartPage(const QSettings &settings, bool demonstration, QWidget *parent = nullptr);
    void reload();
    void focusStart();
    [[nodiscard]] MessageBar *messages() const { return m_messages; }

Q_SIGNALS:
    void newRequested();
    void openRequested();
    void demonstrationRequested();
    void fileRequested(const QString &path);

protected:
    void changeEvent(QEvent *event) override;

private:
    void redraw();

    const QSettings &m_settings;
    MessageBar *m_messages;
    QLabel *m_logo;
    QPushButton *m_new;
    QPushButton *m_open;
    QPushButton *m_demonstration;
    QLabel *m_recentTitle;
    QListWidget *m_recent;
};

} // namespace countersign

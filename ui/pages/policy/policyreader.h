// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSplitter>

class QListWidget;
class QTextBrowser;

namespace countersign {

struct Report;

/// A report to read in the window: its headings at the left lead to their places.
class PolicyReader : public QSplitter
{
    Q_OBJECT

public:
    explicit PolicyReader(const QString &accessibleName, QWidget *parent = nullptr);
    void show(const Report &report);
    void focusStart();
    [[nodiscard]] QTextBrowser *text() const { return m_text; }
    [[nodiscard]] QListWidget *contents() const { return m_contents; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void render();
    void goToHeading(int row);

    QListWidget *m_contents;
    QTextBrowser *m_text;
    QString m_html;
};

} // namespace countersign

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace countersign {

/// Text in a fixed font with the numbers of its lines, and those at fault marked.
class PackTextEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit PackTextEdit(QWidget *parent = nullptr);

    /// Replaces everything in one step that can be undone, keeping the place scrolled to.
    void replaceAll(const QString &text);
    /// Lines count from 1.
    void setFaultLines(const QSet<int> &lines);
    void goToLine(int line);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Margin;
    void fitMargin();
    void paintMargin(QPaintEvent *event);
    void markLines();

    QWidget *m_margin;
    QSet<int> m_faults;
};

} // namespace countersign

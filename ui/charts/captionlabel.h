// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace countersign {

/// Quiet small print of at most a few lines; what does not fit is elided and stands whole in the tool tip.
class CaptionLabel : public QWidget
{
    Q_OBJECT

public:
    explicit CaptionLabel(int lines, QWidget *parent = nullptr);
    void setText(const QString &text);
    void setLines(int lines);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QFont smallFont() const;

    int m_lines;
    QString m_text;
};

} // namespace countersign

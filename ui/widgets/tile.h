// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

#include "ui/shell/theme.h"

namespace countersign {

/// A count with its name on a card; pressing it goes to what is counted.
class Tile : public QAbstractButton
{
    Q_OBJECT

public:
    explicit Tile(const QString &caption, const QString &icon, QWidget *parent = nullptr);
    /// `tone` marks the edge when there is something to look at; `remark` is a second, quiet line.
    void setCount(qint64 count, Theme::Colour tone, const QString &remark = {});
    [[nodiscard]] qint64 count() const { return m_count; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QFont numberFont() const;

    QString m_icon;
    QString m_remark;
    Theme::Colour m_tone = Theme::Colour::noData;
    qint64 m_count = 0;
};

} // namespace countersign

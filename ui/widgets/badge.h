// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small mark of a state: shape, word and colour together.
#pragma once

#include <QString>
#include <QWidget>

#include "core/domain/governance.h"
#include "core/domain/model.h"
#include "ui/shell/theme.h"

class QPainter;

namespace countersign {

enum class BadgeShape { none, circle, triangle, square, ring, bars1, bars2, bars3, bars4 };

struct BadgeStyle
{
    QString text;
    Theme::Colour tone = Theme::Colour::noData;
    BadgeShape shape = BadgeShape::none;

    [[nodiscard]] bool isNull() const { return text.isEmpty(); }
    friend bool operator==(const BadgeStyle &, const BadgeStyle &) = default;
};

[[nodiscard]] BadgeStyle badgeFor(Health health);
[[nodiscard]] BadgeStyle badgeFor(Stage stage);
/// Of a stage of the policy's own, which looks like the one that it counts as.
[[nodiscard]] BadgeStyle stageBadge(Stage countsAs, const QString &label);
[[nodiscard]] BadgeStyle badgeFor(VersionStage stage);
[[nodiscard]] BadgeStyle badgeFor(RequestStatus status);
[[nodiscard]] BadgeStyle badgeFor(Severity severity);
/// Level 1 is the riskiest; 0 is "Not tiered". `label` is the organisation's own.
[[nodiscard]] BadgeStyle tierBadge(std::int64_t level, const QString &label);

[[nodiscard]] QSize badgeSize(const BadgeStyle &style, const QFontMetrics &metrics);
/// Paints at the left of `area`, centred vertically, elided to fit.
void paintBadge(QPainter &painter, const QRect &area, const BadgeStyle &style, const QPalette &palette);

class Badge : public QWidget
{
    Q_OBJECT

public:
    explicit Badge(QWidget *parent = nullptr);
    explicit Badge(const BadgeStyle &style, QWidget *parent = nullptr);
    void setBadge(const BadgeStyle &style); ///< a null style hides the badge
    [[nodiscard]] const BadgeStyle &badge() const { return m_style; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    BadgeStyle m_style;
};

} // namespace countersign

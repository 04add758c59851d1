// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/policy/rules.h"

namespace countersign {

/// A bar of all possible scores, divided into the tiers, with a marker at the score; while answers are missing, a
/// hatched band over the scores that are still possible.
class ThresholdBar : public QWidget
{
    Q_OBJECT

public:
    explicit ThresholdBar(QWidget *parent = nullptr);
    void show(const PolicyPack &pack, const TierComputation &computation);
    using QWidget::show;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Segment
    {
        QString label;
        std::int64_t level = 0;
        double from = 0;
        double to = 0;
    };

    [[nodiscard]] double x(double score) const;

    QList<Segment> m_segments; ///< mildest first
    double m_least = 0;
    double m_most = 100;
    double m_low = 0;
    double m_high = 0;
    bool m_complete = false;
};

} // namespace countersign

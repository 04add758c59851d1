// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/inventory/countstrip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

#include "ui/widgets/text.h"

namespace countersign {

namespace {

/// A badge with its count that can be pressed.
class CountButton : public QToolButton
{
public:
    CountButton(BadgeStyle style, qint64 count, QWidget *parent)
        : QToolButton(parent)
        , m_style(std::move(style))
    {
        m_style.text = tr("%1  %2").arg(m_style.text, countText(count));
        setCheckable(true);
        setAutoRaise(true);
        setAccessibleName(m_style.text);
        setToolTip(tr("Show only these"));
        setFocusPolicy(Qt::StrongFocus);
    }

    [[nodiscard]] QSize sizeHint() const override { return badgeSize(m_style, fontMetrics()) + QSize(4, 4); }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintBadge(painter, rect().adjusted(2, 2, -2, -2), m_style, palette());
        if (isChecked() || hasFocus()) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(Theme::current(this).colour(Theme::Colour::accent), isChecked() ? 2 : 1,
                                isChecked() ? Qt::SolidLine : Qt::DotLine));
            painter.drawRoundedRect(rect().adjusted(1, 1, -1, -1), height() / 4.0, height() / 4.0);
        }
    }

private:
    BadgeStyle m_style;
};

} // namespace

CountStrip::CountStrip(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_label(new QLabel(title, this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(fontMetrics().averageCharWidth() / 2);
    m_label->setForegroundRole(QPalette::PlaceholderText);
    m_label->hide();
    m_row->addWidget(m_label);
    m_row->addStretch(1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_row->setSizeConstraint(QLayout::SetNoConstraint); // a narrow window cuts the strip, not the page
    setMinimumWidth(fontMetrics().averageCharWidth() * 20);
}

void CountStrip::setItems(const QList<Item> &items)
{
    const bool same = items.size() == m_items.size() &&
                      std::equal(items.begin(), items.end(), m_items.begin(), [](const Item &a, const Item &b) {
                          return a.value == b.value && a.count == b.count && a.badge == b.badge;
                      });
    if (same)
        return;
    m_items = items;
    m_label->setVisible(!items.isEmpty());
    qDeleteAll(m_buttons);
    m_buttons.clear();
    for (const auto &item : items) {
        auto *button = new CountButton(item.badge, item.count, this);
        m_row->insertWidget(m_row->count() - 1, button);
        m_buttons << button;
        connect(button, &QToolButton::clicked, this,
                [this, value = item.value](bool checked) { Q_EMIT chosen(checked ? value : QVariant()); });
    }
    setChosen(m_chosen);
}

void CountStrip::setChosen(const QVariant &value)
{
    m_chosen = value;
    for (qsizetype index = 0; index < m_buttons.size(); ++index)
        m_buttons[index]->setChecked(value.isValid() && m_items[index].value == value);
}

} // namespace countersign

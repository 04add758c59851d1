// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/messagebar.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <array>

#include "ui/shell/theme.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

struct Look
{
    const char16_t *icon;
    Theme::Colour tone;
};

Look lookOf(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::success:
        return {u"success", Theme::Colour::green};
    case MessageBar::Kind::warning:
        return {u"warning", Theme::Colour::amber};
    case MessageBar::Kind::error:
        return {u"error", Theme::Colour::red};
    case MessageBar::Kind::info:
        break;
    }
    return {u"info", Theme::Colour::accent};
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_action(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setAutoRaise(true);
    m_close->setIcon(themedIcon(u"close"_s));
    m_close->setAccessibleName(tr("Close the message"));
    m_close->setToolTip(tr("Close the message"));

    auto *row = new QHBoxLayout(this);
    const auto margin = fontMetrics().height() / 3;
    row->setContentsMargins(2 * margin, margin, margin, margin);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    row->addWidget(m_close);

    connect(m_action, &QPushButton::clicked, this, &MessageBar::activated);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::clear);
    hide();
}

void MessageBar::showMessage(Kind kind, const QString &text, const QString &action)
{
    m_kind = kind;
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_close->setVisible(m_closable);
    setAccessibleName(text);
    restyle();
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::showError(const Error &error)
{
    if (error.code == ErrorCode::Cancelled)
        clear();
    else
        showMessage(Kind::error, toQt(error.text()));
}

void MessageBar::clear()
{
    m_text->clear();
    hide();
}

void MessageBar::setClosable(bool closable)
{
    m_closable = closable;
    m_close->setVisible(closable);
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        restyle();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    const auto theme = Theme::current(this);
    const auto tone = lookOf(m_kind).tone;
    auto edge = theme.colour(tone);
    edge.setAlphaF(0.45F);
    const auto radius = fontMetrics().height() / 4.0;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(edge);
    painter.setBrush(theme.tint(tone));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

void MessageBar::restyle()
{
    const auto look = lookOf(m_kind);
    auto coloured = palette();
    coloured.setColor(QPalette::WindowText, Theme::current(this).colour(look.tone));
    const auto side = fontMetrics().height() * 5 / 4;
    m_icon->setPixmap(
        themedIcon(QString::fromUtf16(look.icon), coloured).pixmap(QSize(side, side), devicePixelRatioF()));
    update();
}

} // namespace countersign

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/emptystate.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/shell/theme.h"

namespace countersign {

EmptyState::EmptyState(const QString &icon, const QString &title, const QString &sentence, const QString &button,
                       QWidget *parent)
    : QWidget(parent)
    , m_iconName(icon)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_button(new QPushButton(this))
{
    auto titleFont = font();
    titleFont.setPointSizeF(titleFont.pointSizeF() * 1.15);
    titleFont.setBold(true);
    m_title->setFont(titleFont);
    m_title->setAlignment(Qt::AlignCenter);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    m_icon->setAlignment(Qt::AlignCenter);

    auto *column = new QVBoxLayout(this);
    column->addStretch(1);
    column->addWidget(m_icon);
    column->addWidget(m_title);
    column->addWidget(m_sentence, 0, Qt::AlignHCenter);
    column->addSpacing(fontMetrics().height() / 3);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(2);

    connect(m_button, &QPushButton::clicked, this, &EmptyState::activated);
    setTexts(title, sentence, button);
    drawIcon();
}

void EmptyState::setTexts(const QString &title, const QString &sentence, const QString &button)
{
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_sentence->setText(sentence);
    const auto width = std::clamp(m_sentence->fontMetrics().horizontalAdvance(sentence) + 2,
                                  fontMetrics().averageCharWidth() * 40, fontMetrics().averageCharWidth() * 70);
    m_sentence->setFixedSize(
        width, std::max(0, m_sentence->heightForWidth(width))); // an aligned label is not given its height
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(sentence);
}

void EmptyState::setDisabledReason(const QString &reason)
{
    m_button->setEnabled(reason.isEmpty());
    m_button->setToolTip(reason);
}

void EmptyState::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        drawIcon();
    QWidget::changeEvent(event);
}

void EmptyState::drawIcon()
{
    auto quiet = palette();
    quiet.setColor(QPalette::WindowText, Theme::current(this).colour(Theme::Colour::mutedText));
    const auto side = fontMetrics().height() * 5 / 2;
    m_icon->setPixmap(themedIcon(m_iconName, quiet).pixmap(QSize(side, side), devicePixelRatioF()));
}

} // namespace countersign

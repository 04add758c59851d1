// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/theme.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QStyle>
#include <QSvgRenderer>
#include <QWidget>

#include <array>
#include <cmath>
#include <optional>

#include "ui/shell/indicatorstyle.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

struct Pair
{
    QRgb light;
    QRgb dark;
};

// In the order of Theme::Colour. Every colour that is used as text has at least 4.5 to 1 on window, base and surface.
constexpr std::array<Pair, 12> colours = {{
    {0xff1a7332, 0xff5fd77a},
    {0xff8a5300, 0xffe8b84a},
    {0xffb3261e, 0xffff8a80},
    {0xff57606a, 0xffa9b2bd},
    {0xff6b7684, 0xff9aa5b1},
    {0xff0a5dc2, 0xff74b6ff},
    {0xff0a5dc2, 0xff74b6ff},
    {0xffd9dee4, 0xff3a414a},
    {0xff1b1f24, 0xffe6e9ed},
    {0xff57606a, 0xffa9b2bd},
    {0xffffffff, 0xff23282f},
    {0xffd0d6dd, 0xff4b5561},
}};

// After Okabe and Ito, darkened or lightened for the ground.
constexpr std::array<Pair, 8> seriesColours = {{
    {0xff0a5dc2, 0xff74b6ff},
    {0xffc24e00, 0xffffa45c},
    {0xff007f5f, 0xff4fd1a5},
    {0xffa3347b, 0xffe79bcb},
    {0xff8a6a00, 0xfff0d550},
    {0xff2b8fb8, 0xff7fd3f0},
    {0xff5b4bb5, 0xffb3a6ff},
    {0xff4d5661, 0xffc3cad2},
}};

double linear(double channel)
{
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

QColor blend(const QColor &over, const QColor &ground, double share)
{
    const auto mix = [share](float a, float b) { return static_cast<float>(share * a + (1 - share) * b); };
    return QColor::fromRgbF(mix(over.redF(), ground.redF()), mix(over.greenF(), ground.greenF()),
                            mix(over.blueF(), ground.blueF()));
}

struct Grounds
{
    QRgb window, base, alternate, button, highlight, highlightedText, toolTip, disabled;
};

QPalette palette(const Theme &theme, const Grounds &grounds)
{
    const auto text = theme.colour(Theme::Colour::text);
    QPalette made(QColor(grounds.button), QColor(grounds.window));
    made.setColor(QPalette::Window, QColor(grounds.window));
    made.setColor(QPalette::Base, QColor(grounds.base));
    made.setColor(QPalette::AlternateBase, QColor(grounds.alternate));
    made.setColor(QPalette::Button, QColor(grounds.button));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        made.setColor(role, text);
    made.setColor(QPalette::PlaceholderText, theme.colour(Theme::Colour::mutedText));
    made.setColor(QPalette::ToolTipBase, QColor(grounds.toolTip));
    made.setColor(QPalette::BrightText, theme.colour(Theme::Colour::red));
    made.setColor(QPalette::Highlight, QColor(grounds.highlight));
    made.setColor(QPalette::HighlightedText, QColor(grounds.highlightedText));
    made.setColor(QPalette::Link, theme.colour(Theme::Colour::accent));
    made.setColor(QPalette::LinkVisited, theme.colour(Theme::Colour::accent));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        made.setColor(QPalette::Disabled, role, QColor(grounds.disabled));
    made.setColor(QPalette::Disabled, QPalette::Highlight, theme.colour(Theme::Colour::border));
    made.setColor(QPalette::Disabled, QPalette::HighlightedText, text);
    return made;
}

QByteArray svg(const QString &name)
{
    QFile file(u":/icons/"_s + name + u".svg"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The drawing in the colours of a palette; without one, in those of the application at the time of painting, so that
/// buttons follow a change of theme by themselves.
class IconEngine : public QIconEngine
{
public:
    IconEngine(QByteArray source, std::optional<QPalette> palette)
        : m_source(std::move(source))
        , m_palette(std::move(palette))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        auto coloured = m_source;
        coloured.replace("currentColor", colour(mode).name().toLatin1());
        QSvgRenderer(coloured).render(painter, rect);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap drawn(size);
        drawn.fill(Qt::transparent);
        QPainter painter(&drawn);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return drawn;
    }
    [[nodiscard]] QIconEngine *clone() const override { return new IconEngine(*this); }

private:
    [[nodiscard]] QColor colour(QIcon::Mode mode) const
    {
        const auto palette = m_palette.value_or(QGuiApplication::palette());
        switch (mode) {
        case QIcon::Disabled:
            return palette.color(QPalette::Disabled, QPalette::WindowText);
        case QIcon::Selected:
            return palette.color(QPalette::Active, QPalette::HighlightedText);
        case QIcon::Normal:
        case QIcon::Active:
            break;
        }
        return palette.color(QPalette::Active, QPalette::WindowText);
    }

    QByteArray m_source;
    std::optional<QPalette> m_palette;
};

QIcon iconFrom(const QString &name, const std::optional<QPalette> &palette)
{
    const auto source = svg(name);
    return source.isEmpty() ? QIcon() : QIcon(new IconEngine(source, palette));
}

} // namespace

Theme Theme::of(const QPalette &palette)
{
    return Theme(luminance(palette.color(QPalette::Active, QPalette::Window)) < 0.2);
}

Theme Theme::current(const QWidget *widget)
{
    return of(widget->palette());
}

QColor Theme::colour(Colour role) const
{
    const auto &pair = colours.at(static_cast<std::size_t>(role));
    return QColor(m_dark ? pair.dark : pair.light);
}

QColor Theme::tint(Colour role) const
{
    return blend(colour(role), colour(Colour::surface), m_dark ? 0.16 : 0.09);
}

QColor Theme::series(int index) const
{
    const auto &pair = seriesColours.at(static_cast<std::size_t>(index) % seriesColours.size());
    return QColor(m_dark ? pair.dark : pair.light);
}

QPalette Theme::lightPalette()
{
    return palette(Theme(false),
                   {0xfff5f6f8, 0xffffffff, 0xfff8f9fb, 0xfff0f2f5, 0xff0a5dc2, 0xffffffff, 0xffffffff, 0xff8a929c});
}

QPalette Theme::darkPalette()
{
    return palette(Theme(true),
                   {0xff282d34, 0xff1c2026, 0xff21262c, 0xff39414b, 0xff1f5fae, 0xffffffff, 0xff39414b, 0xff7f8994});
}

double Theme::contrast(const QColor &one, const QColor &other)
{
    const auto a = luminance(one);
    const auto b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

void applyTheme(QApplication &application, ThemeMode mode)
{
    static const bool desktopIsDark = Theme::of(QApplication::palette()).dark();
    const bool dark = mode == ThemeMode::dark || (mode == ThemeMode::system && desktopIsDark);
    if (qobject_cast<IndicatorStyle *>(application.style()) == nullptr)
        QApplication::setStyle(new IndicatorStyle);
    QApplication::setPalette(dark ? Theme::darkPalette() : Theme::lightPalette());
}

QIcon themedIcon(const QString &name, const QPalette &palette)
{
    return iconFrom(name, palette);
}

QIcon themedIcon(const QString &name)
{
    return iconFrom(name, std::nullopt);
}

QIcon themedIcon(const QString &name, const QWidget *)
{
    return themedIcon(name);
}

} // namespace countersign

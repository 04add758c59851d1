// SPDX-License-Identifier: GPL-3.0-or-later
//
// The look of the window: Fusion (but for indicatorstyle.h) with our own light and dark palettes, and named colours for
// everything that has a meaning. Colour never speaks alone: whoever uses these also draws a shape or a word (see
// ui/widgets/badge.h).
#pragma once

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QString>

class QApplication;
class QWidget;

namespace countersign {

enum class ThemeMode { system, light, dark };

/// The colours of one palette. A pure function of the palette, so that a widget asks again in
/// changeEvent(PaletteChange) or simply every time it paints.
class Theme
{
public:
    enum class Colour {
        green,     ///< within limits; readable as text on the base
        amber,     ///< beyond the first limit; readable as text on the base
        red,       ///< beyond the second limit; readable as text on the base
        noData,    ///< not enough data
        reference, ///< series of the reference sample
        current,   ///< series of the current sample
        accent,    ///< selection, links, the one thing to press
        grid,      ///< grid lines of charts, hairlines of tables
        text,
        mutedText, ///< captions; still 4.5 to 1
        surface,   ///< cards and charts
        border
    };

    [[nodiscard]] static Theme of(const QPalette &palette);
    [[nodiscard]] static Theme current(const QWidget *widget);

    [[nodiscard]] bool dark() const { return m_dark; }
    [[nodiscard]] QColor colour(Colour role) const;
    /// A quiet background of that colour, on which colour(role) and the text stay readable.
    [[nodiscard]] QColor tint(Colour role) const;
    /// Colours for many lines in one chart, told apart by people with colour-blindness too; repeats after eight.
    [[nodiscard]] QColor series(int index) const;

    [[nodiscard]] static QPalette lightPalette();
    [[nodiscard]] static QPalette darkPalette();
    /// Contrast of two opaque colours by WCAG 2: 1 to 21.
    [[nodiscard]] static double contrast(const QColor &one, const QColor &other);

private:
    explicit Theme(bool dark)
        : m_dark(dark)
    {
    }
    bool m_dark;
};

/// Sets style, palette and style sheet of the application; may be called again to switch. `system` follows what the
/// desktop said at the first call.
void applyTheme(QApplication &application, ThemeMode mode);

/// One of resources/icons by name ("home", "inventory", ...). It follows the theme: drawn in the text colour of the
/// application's palette whenever it is painted.
[[nodiscard]] QIcon themedIcon(const QString &name);
[[nodiscard]] QIcon themedIcon(const QString &name, const QWidget *widget);
/// The same in the text colour of one palette, for pictures that carry a meaning by colour too.
[[nodiscard]] QIcon themedIcon(const QString &name, const QPalette &palette);

} // namespace countersign

// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QPainter>
#include <QStyleOption>
#include <QTest>

#include <algorithm>

#include "ui/shell/indicatorstyle.h"
#include "ui/shell/theme.h"

using namespace countersign;

namespace {

/// The pixel that stands out most from the ground it is drawn on.
double mostContrast(const IndicatorStyle &style, QStyle::PrimitiveElement element, const QStyleOption &option,
                    const QColor &ground)
{
    QImage drawn(option.rect.size(), QImage::Format_RGB32);
    drawn.fill(ground);
    QPainter painter(&drawn);
    style.drawPrimitive(element, &option, &painter, nullptr);
    painter.end();
    double most = 1;
    for (int y = 0; y < drawn.height(); ++y)
        for (int x = 0; x < drawn.width(); ++x)
            most = std::max(most, Theme::contrast(drawn.pixelColor(x, y), ground));
    return most;
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadableInBothThemes_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << Theme::lightPalette();
        QTest::newRow("dark") << Theme::darkPalette();
    }
    void textIsReadableInBothThemes()
    {
        QFETCH(QPalette, palette);
        constexpr double enough = 4.5; // WCAG 2 AA
        const auto theme = Theme::of(palette);
        using Colour = Theme::Colour;
        const QList<QColor> grounds = {palette.color(QPalette::Window), palette.color(QPalette::Base),
                                       palette.color(QPalette::AlternateBase), theme.colour(Colour::surface)};
        for (const auto role : {Colour::green, Colour::amber, Colour::red, Colour::noData, Colour::accent, Colour::text,
                                Colour::mutedText}) {
            for (const auto &ground : grounds)
                QVERIFY2(Theme::contrast(theme.colour(role), ground) >= enough,
                         qPrintable(theme.colour(role).name() + QStringLiteral(" on ") + ground.name()));
            QVERIFY(Theme::contrast(theme.colour(Colour::text), theme.tint(role)) >= enough);
            QVERIFY(Theme::contrast(theme.colour(role), theme.tint(role)) >= enough);
        }
        for (const auto &[text, ground] :
             {std::pair(QPalette::WindowText, QPalette::Window), std::pair(QPalette::Text, QPalette::Base),
              std::pair(QPalette::ButtonText, QPalette::Button),
              std::pair(QPalette::ToolTipText, QPalette::ToolTipBase),
              std::pair(QPalette::HighlightedText, QPalette::Highlight),
              std::pair(QPalette::PlaceholderText, QPalette::Base), std::pair(QPalette::Link, QPalette::Base)})
            QVERIFY(Theme::contrast(palette.color(text), palette.color(ground)) >= enough);
    }

    void theThemeIsToldFromThePalette()
    {
        QVERIFY(!Theme::of(Theme::lightPalette()).dark());
        QVERIFY(Theme::of(Theme::darkPalette()).dark());
    }

    void everyIconIsThere()
    {
        for (const auto *name :
             {"home",   "inventory", "audit", "model",  "search", "columns", "success", "warning",
              "error",  "info",      "close", "copy",   "lock",   "user",    "add",     "import",
              "export", "drift",     "clock", "verify", "open",   "edit",    "waiting", "countersign"})
            QVERIFY2(!themedIcon(QString::fromLatin1(name), QPalette()).isNull(), name);
    }

    void boxesToTickStandOut_data() { textIsReadableInBothThemes_data(); }
    void boxesToTickStandOut()
    {
        QFETCH(QPalette, palette);
        constexpr double enough = 3; // WCAG 2.2, 1.4.11: what a control is known by
        const IndicatorStyle style;
        QStyleOption option;
        option.palette = palette;
        option.rect =
            QRect(0, 0, style.pixelMetric(QStyle::PM_IndicatorWidth), style.pixelMetric(QStyle::PM_IndicatorHeight));
        const QList<QColor> grounds = {palette.color(QPalette::Window), palette.color(QPalette::Base),
                                       palette.color(QPalette::AlternateBase)};
        for (const auto element :
             {QStyle::PE_IndicatorCheckBox, QStyle::PE_IndicatorItemViewItemCheck, QStyle::PE_IndicatorRadioButton}) {
            for (const auto mark : {QStyle::State_Off, QStyle::State_On, QStyle::State_NoChange}) {
                option.state = QStyle::State_Enabled | mark;
                for (const auto &ground : grounds)
                    QVERIFY2(mostContrast(style, element, option, ground) >= enough,
                             qPrintable(QStringLiteral("element %1, state %2").arg(element).arg(mark)));
                option.state |= QStyle::State_Selected;
                QVERIFY(mostContrast(style, element, option, palette.color(QPalette::Highlight)) >= enough);
            }
        }
    }

    void aTickChangesWhatIsDrawn_data() { textIsReadableInBothThemes_data(); }
    void aTickChangesWhatIsDrawn()
    {
        QFETCH(QPalette, palette);
        const IndicatorStyle style;
        const auto drawn = [&style, &palette](QStyle::State state) {
            QStyleOption option;
            option.palette = palette;
            option.rect = QRect(0, 0, 20, 16); // wider than high
            option.state = state;
            QImage image(option.rect.size(), QImage::Format_RGB32);
            image.fill(palette.color(QPalette::Base));
            QPainter painter(&image);
            style.drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &option, &painter, nullptr);
            return image;
        };
        QList<QImage> images;
        for (const auto state : {QStyle::State(QStyle::State_Enabled | QStyle::State_Off),
                                 QStyle::State(QStyle::State_Enabled | QStyle::State_On),
                                 QStyle::State(QStyle::State_Enabled | QStyle::State_NoChange),
                                 QStyle::State(QStyle::State_Off), QStyle::State(QStyle::State_On)}) {
            const auto image = drawn(state);
            QVERIFY(!images.contains(image));
            images << image;
        }
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"

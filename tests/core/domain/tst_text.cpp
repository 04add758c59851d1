// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/domain/text.h"

using namespace countersign;

class TestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreComparedFolded()
    {
        QVERIFY(sameName("Ann  Lee", " ann lee "));
        QVERIFY(sameName("a\tb", "A B"));
        QVERIFY(!sameName("Ann Lee", "Ann Leek"));
        QVERIFY(!sameName("Ann Lee", "AnnLee"));
        QVERIFY2(!sameName("", ""), "nobody is the same as nobody");
        QVERIFY(!sameName("  ", "\t"));
        for (const std::string name : {"", "  A  b ", "x", "Zoë  Ångström", "tail \n"})
            QVERIFY(isBlank(name) || sameName(name, foldedName(name)));
        QCOMPARE(foldedName("  Model \t\n OWNER "), std::string("model owner"));
    }

    void texts_data()
    {
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("fault"); // empty: allowed
        const QByteArray tooLong("characters; at most");
        QTest::newRow("plain") << QByteArray("name") << QByteArray("Retail PD") << QByteArray();
        QTest::newRow("accents") << QByteArray("name") << QByteArray("Zoë Ångström 模型 😀") << QByteArray();
        QTest::newRow("empty") << QByteArray("name") << QByteArray() << QByteArray();
        QTest::newRow("200") << QByteArray("name") << QByteArray(200, 'x') << QByteArray();
        QTest::newRow("201") << QByteArray("name") << QByteArray(201, 'x') << tooLong;
        QTest::newRow("200 wide") << QByteArray("name") << QByteArray("é").repeated(200) << QByteArray();
        QTest::newRow("20000") << QByteArray("purpose") << QByteArray(20000, 'x') << QByteArray();
        QTest::newRow("20001") << QByteArray("purpose") << QByteArray(20001, 'x') << tooLong;
        QTest::newRow("break in text") << QByteArray("purpose") << QByteArray("a\r\nb\tc") << QByteArray();
        QTest::newRow("break in name") << QByteArray("name") << QByteArray("a\nb") << QByteArray("code 10");
        QTest::newRow("break in file name") << QByteArray("fileName") << QByteArray("a\nb") << QByteArray("code 10");
        QTest::newRow("long method") << QByteArray("method") << QByteArray(300, 'x') << QByteArray();
        QTest::newRow("NUL") << QByteArray("purpose") << QByteArray("a\0b", 3) << QByteArray("code 0");
        QTest::newRow("escape") << QByteArray("purpose") << QByteArray("a\x1b[1m") << QByteArray("code 27");
        QTest::newRow("DEL") << QByteArray("purpose") << QByteArray("a\x7f") << QByteArray("code 127");
        QTest::newRow("C1") << QByteArray("purpose") << QByteArray("a\xc2\x85") << QByteArray("code 133");
        QTest::newRow("Latin-1") << QByteArray("purpose") << QByteArray("caf\xe9") << QByteArray("UTF-8");
        QTest::newRow("cut short") << QByteArray("purpose") << QByteArray("caf\xc3") << QByteArray("UTF-8");
        QTest::newRow("overlong") << QByteArray("purpose") << QByteArray("\xc0\xaf") << QByteArray("UTF-8");
        QTest::newRow("overlong 3") << QByteArray("purpose") << QByteArray("\xe0\x80\xaf") << QByteArray("UTF-8");
        QTest::newRow("surrogate") << QByteArray("purpose") << QByteArray("\xed\xa0\x80") << QByteArray("UTF-8");
        QTest::newRow("too great") << QByteArray("purpose") << QByteArray("\xf4\x90\x80\x80") << QByteArray("UTF-8");
        QTest::newRow("continuation") << QByteArray("purpose") << QByteArray("\x80") << QByteArray("UTF-8");
        QTest::newRow("turned name") << QByteArray("owner")
                                     << QByteArray("Ann\xe2\x80\xae"
                                                   "eeL")
                                     << QByteArray("reading direction");
        QTest::newRow("leading blank") << QByteArray("owner") << QByteArray(" Ann") << QByteArray("ends with a blank");
        QTest::newRow("trailing blank") << QByteArray("label") << QByteArray("1.0 ") << QByteArray("ends with a blank");
        QTest::newRow("blank at the end of a text") << QByteArray("purpose") << QByteArray("Retail. ") << QByteArray();
        QTest::newRow("column with a blank") << QByteArray("feature") << QByteArray(" income") << QByteArray();
    }

    void texts()
    {
        QFETCH(QByteArray, member);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, fault);
        std::string what;
        try {
            checkText(member.toStdString(), text.toStdString(), "Here");
        } catch (const Exception &exception) {
            QCOMPARE(exception.error().code, ErrorCode::InvalidInput);
            QVERIFY(!exception.error().remedy.empty());
            what = exception.error().what;
            QVERIFY(what.starts_with("Here: "));
        }
        QVERIFY2(fault.isEmpty() == what.empty() && what.find(fault.toStdString()) != std::string::npos, what.c_str());
    }
};

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"

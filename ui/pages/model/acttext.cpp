// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/acttext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <map>

#include "ui/widgets/text.h"

namespace countersign {

namespace {
QString tr(const char *text)
{
    return QCoreApplication::translate("ActText", text);
}
} // namespace

QString actText(std::string_view factName)
{
    static const std::map<std::string_view, const char *> texts = {
        {"workspaceCreated", QT_TRANSLATE_NOOP("ActText", "Workspace created")},
        {"policyPublished", QT_TRANSLATE_NOOP("ActText", "Policy published")},
        {"userEnrolled", QT_TRANSLATE_NOOP("ActText", "User enrolled")},
        {"userChanged", QT_TRANSLATE_NOOP("ActText", "User changed")},
        {"modelRegistered", QT_TRANSLATE_NOOP("ActText", "Model registered")},
        {"modelEdited", QT_TRANSLATE_NOOP("ActText", "Model edited")},
        {"versionRegistered", QT_TRANSLATE_NOOP("ActText", "Version registered")},
        {"versionEdited", QT_TRANSLATE_NOOP("ActText", "Version edited")},
        {"documentAttached", QT_TRANSLATE_NOOP("ActText", "Document attached")},
        {"validationRecorded", QT_TRANSLATE_NOOP("ActText", "Validation recorded")},
        {"findingRaised", QT_TRANSLATE_NOOP("ActText", "Finding raised")},
        {"findingClosed", QT_TRANSLATE_NOOP("ActText", "Finding closed")},
        {"monitoringRecorded", QT_TRANSLATE_NOOP("ActText", "Monitoring recorded")},
        {"monitoringExplained", QT_TRANSLATE_NOOP("ActText", "Breach explained")},
        {"tierPublished", QT_TRANSLATE_NOOP("ActText", "Tier published")},
        {"tierOverrideConfirmed", QT_TRANSLATE_NOOP("ActText", "Override confirmed")},
        {"deploymentRequested", QT_TRANSLATE_NOOP("ActText", "Deployment requested")},
        {"requestSigned", QT_TRANSLATE_NOOP("ActText", "Signed")},
        {"requestWithdrawn", QT_TRANSLATE_NOOP("ActText", "Request withdrawn")},
    };
    const auto found = texts.find(factName);
    return found == texts.end() ? toQt(factName) : tr(found->second);
}

QString signaturesText(const std::vector<RequiredSignature> &signatures)
{
    QStringList parts;
    for (const auto &signature : signatures)
        if (signature.count > 0)
            parts << QStringLiteral("%1 %2").arg(QString::number(signature.count), toQt(displayName(signature.role)));
    return parts.join(QStringLiteral(", "));
}

ReviewState reviewState(const Model &model, Date today)
{
    if (model.retiredOn)
        return {tr("Retired on %1").arg(dateText(model.retiredOn)), false};
    if (!model.nextReviewOn)
        return {tr("No review planned"), false};
    const auto days = (*model.nextReviewOn - today).count();
    if (days < 0)
        return {tr("Review overdue by %1").arg(countText(-days, tr("day"), tr("days"))), true};
    if (days == 0)
        return {tr("Review due today"), false};
    return {tr("Next review in %1").arg(countText(days, tr("day"), tr("days"))), false};
}

QString shortDigest(const Hash256 &hash)
{
    return toQt(hash.hex().substr(0, 12));
}

QString sizeText(std::int64_t bytes)
{
    return QLocale().formattedDataSize(bytes, 0, QLocale::DataSizeTraditionalFormat);
}

QString nameOf(const Registry &registry, const UserId &user)
{
    const auto found = registry.users.find(user);
    return found == registry.users.end() ? tr("somebody unknown") : toQt(found->second.fullName);
}

} // namespace countersign

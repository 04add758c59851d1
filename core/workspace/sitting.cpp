// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who sits at this desk, and who may.
#include "core/workspace/workspaceprivate.h"

namespace countersign {

std::vector<User> Workspace::usersWithKeyHere() const
{
    std::vector<User> users;
    for (const auto &[id, user] : m_d->registry().users)
        if (user.active && m_d->keystore.has(user.keyId))
            users.push_back(user);
    return users;
}

Result<void> Workspace::signIn(const UserId &user, const std::string &passphrase)
{
    return guarded([&] {
        const User &who = recordOf(m_d->registry().users, user, "user");
        if (!who.active)
            throw Exception(ErrorCode::Forbidden, who.fullName + " is no longer active here.", "Ask an administrator.");
        m_d->key = m_d->keystore.unlock(who.keyId, Passphrase(passphrase));
        m_d->userId = user;
    });
}

void Workspace::signOut()
{
    m_d->key.reset();
    m_d->userId = {};
}

const User *Workspace::user() const
{
    return m_d->user();
}

std::optional<std::string> Workspace::whyNothingWritten() const
{
    if (m_d->log->broken())
        return "The log of this file does not verify, so nothing is added to it.";
    if (m_d->readOnly)
        return "The file is open for reading only.";
    if (m_d->user() == nullptr)
        return "Sign in first.";
    return std::nullopt;
}

std::optional<std::string> Workspace::whyNot(std::string_view factName) const
{
    if (auto why = whyNothingWritten())
        return why;
    const auto why = whyRoleForbids(m_d->pack(), *m_d->user(), factName);
    return why ? std::optional(*why + " " + whoCould(m_d->pack(), m_d->registry(), factName)) : std::nullopt;
}

Result<UserId> Workspace::enrolUser(const std::string &fullName, const std::set<Role> &roles,
                                    const std::string &passphrase)
{
    return guarded([&] {
        const Passphrase checked(passphrase);
        checked.requireQuality();
        const SecretBytes seed = m_d->newSeed(fullName);
        const SigningKey key(seed);
        User user;
        user.id = m_d->newId<UserId>();
        user.fullName = fullName;
        user.roles = roles;
        user.publicKey = key.publicKey().hex();
        user.keyId = key.keyId();
        const std::vector<Fact> facts{UserEnrolled{user}};
        m_d->requireAllowed(facts);
        if (!m_d->keystore.has(user.keyId))
            m_d->keystore.create(fullName, checked, m_d->cost(), seed);
        m_d->append(facts);
        return user.id;
    });
}

Result<void> Workspace::changeUser(const User &user)
{
    return guarded([&] { m_d->append({UserChanged{user}}); });
}

} // namespace countersign

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal.h"

#include "core/base/error.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace countersign::cli {

namespace {

/// The controlling terminal with its echo switched off.
class SilentTerminal
{
public:
    SilentTerminal()
        : m_descriptor(::open("/dev/tty", O_RDWR | O_CLOEXEC))
    {
        if (m_descriptor < 0 || tcgetattr(m_descriptor, &m_before) != 0)
            throw Exception(ErrorCode::Io, "There is no terminal to ask at.", "Use --passphrase-file.");
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(m_descriptor, TCSAFLUSH, &silent);
    }
    ~SilentTerminal()
    {
        tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
        ::close(m_descriptor);
    }
    SilentTerminal(const SilentTerminal &) = delete;
    SilentTerminal &operator=(const SilentTerminal &) = delete;

    void write(const std::string &text) const
    {
        if (::write(m_descriptor, text.data(), text.size()) < 0)
            throw Exception(ErrorCode::Io, "The terminal cannot be written to.", "Use --passphrase-file.");
    }
    [[nodiscard]] std::string line() const
    {
        std::string text;
        char c = 0;
        while (::read(m_descriptor, &c, 1) == 1 && c != '\n')
            text += c;
        return text;
    }

private:
    int m_descriptor;
    termios m_before{};
};

} // namespace

bool terminalIsThere()
{
    const int descriptor = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    ::close(descriptor);
    return true;
}

std::string askWithoutEcho(const std::string &prompt)
{
    const SilentTerminal terminal;
    terminal.write(prompt);
    std::string text = terminal.line();
    terminal.write("\n");
    return text;
}

} // namespace countersign::cli

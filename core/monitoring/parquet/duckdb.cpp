// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/parquet/duckdb.h"

#include "core/base/error.h"

#include <boost/filesystem/operations.hpp>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>

namespace countersign {

namespace {

using State = int; ///< duckdb_state
constexpr State success = 0;
using Handle = void *; ///< duckdb_database, duckdb_connection ...: pointers to what only the library knows

/// duckdb_result: handed over by value, its members are the library's own.
struct RawResult
{
    std::uint64_t counts[3];
    void *columns;
    char *message;
    void *internal;
};

/// duckdb_string_t: up to 12 bytes within, longer ones at a pointer behind a prefix.
constexpr std::size_t textSlot = 16;
constexpr std::uint32_t longestInline = 12;
constexpr std::size_t pointerAt = 8;

struct Functions
{
    State (*createConfig)(Handle *config);
    State (*setConfig)(Handle config, const char *name, const char *option);
    void (*destroyConfig)(Handle *config);
    State (*open)(const char *path, Handle *database, Handle config, char **error);
    void (*close)(Handle *database);
    State (*connect)(Handle database, Handle *connection);
    void (*disconnect)(Handle *connection);
    State (*prepare)(Handle connection, const char *query, Handle *statement);
    const char *(*prepareError)(Handle statement);
    State (*executeStreaming)(Handle statement, RawResult *result);
    void (*destroyPrepare)(Handle *statement);
    void (*destroyResult)(RawResult *result);
    const char *(*resultError)(RawResult *result);
    std::uint64_t (*columnCount)(RawResult *result);
    const char *(*columnName)(RawResult *result, std::uint64_t column);
    int (*columnType)(RawResult *result, std::uint64_t column);
    Handle (*fetchChunk)(RawResult result);
    std::uint64_t (*chunkSize)(Handle chunk);
    Handle (*chunkVector)(Handle chunk, std::uint64_t column);
    void (*destroyChunk)(Handle *chunk);
    void *(*vectorData)(Handle vector);
    std::uint64_t *(*vectorValidity)(Handle vector);
    void (*free)(void *memory);
    const char *(*version)();
};

/// The loaded library; it stays loaded to the end of the program, since threads of its own may still run in it.
class Library
{
public:
    explicit Library(const std::string &path)
        : m_handle(::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE))
    {
        if (m_handle == nullptr)
            return;
        m_complete = true;
        find(functions.createConfig, "duckdb_create_config");
        find(functions.setConfig, "duckdb_set_config");
        find(functions.destroyConfig, "duckdb_destroy_config");
        find(functions.open, "duckdb_open_ext");
        find(functions.close, "duckdb_close");
        find(functions.connect, "duckdb_connect");
        find(functions.disconnect, "duckdb_disconnect");
        find(functions.prepare, "duckdb_prepare");
        find(functions.prepareError, "duckdb_prepare_error");
        find(functions.executeStreaming, "duckdb_execute_prepared_streaming");
        find(functions.destroyPrepare, "duckdb_destroy_prepare");
        find(functions.destroyResult, "duckdb_destroy_result");
        find(functions.resultError, "duckdb_result_error");
        find(functions.columnCount, "duckdb_column_count");
        find(functions.columnName, "duckdb_column_name");
        find(functions.columnType, "duckdb_column_type");
        find(functions.fetchChunk, "duckdb_fetch_chunk");
        find(functions.chunkSize, "duckdb_data_chunk_get_size");
        find(functions.chunkVector, "duckdb_data_chunk_get_vector");
        find(functions.destroyChunk, "duckdb_destroy_data_chunk");
        find(functions.vectorData, "duckdb_vector_get_data");
        find(functions.vectorValidity, "duckdb_vector_get_validity");
        find(functions.free, "duckdb_free");
        find(functions.version, "duckdb_library_version");
    }
    ~Library()
    {
        if (m_handle != nullptr)
            ::dlclose(m_handle);
    }
    Library(const Library &) = delete;
    Library &operator=(const Library &) = delete;

    [[nodiscard]] bool usable() const { return m_complete; }

    Functions functions{};

private:
    template <class F>
    void find(F &function, const char *name)
    {
        void *symbol = ::dlsym(m_handle, name);
        m_complete = m_complete && symbol != nullptr;
        function = reinterpret_cast<F>(symbol);
    }

    void *m_handle;
    bool m_complete = false;
};

std::vector<std::string> libraryPlaces()
{
    const char *named = std::getenv("COUNTERSIGN_DUCKDB");
    if (named != nullptr && *named != '\0')
        return {named};
    std::vector<std::string> found;
    const std::string file = "countersign/lib/libduckdb.so";
    const char *data = std::getenv("XDG_DATA_HOME");
    const char *home = std::getenv("HOME");
    if (data != nullptr && *data != '\0')
        found.push_back(std::string(data) + '/' + file);
    else if (home != nullptr && *home != '\0')
        found.push_back(std::string(home) + "/.local/share/" + file);
    found.emplace_back("libduckdb.so");
    return found;
}

const char *const howToGetIt =
    "Fetch it with installer/duckdb.sh, or set COUNTERSIGN_DUCKDB to the path of libduckdb.so; "
    "or export the log as CSV.";

/// Nothing usable where there is none.
std::unique_ptr<Library> loadLibrary(std::string &path)
{
    for (const std::string &place : libraryPlaces()) {
        boost::system::error_code ignored;
        if (place.find('/') != std::string::npos && !boost::filesystem::exists(place, ignored))
            continue;
        auto library = std::make_unique<Library>(place);
        if (library->usable()) {
            path = place;
            return library;
        }
    }
    return nullptr;
}

std::string inQuotes(std::string_view text, char quote)
{
    std::string result(1, quote);
    for (const char c : text) {
        if (c == quote)
            result += c;
        result += c;
    }
    return result + quote;
}

} // namespace

DuckDbLibrary findDuckDb()
{
    DuckDbLibrary found;
    if (const auto library = loadLibrary(found.path)) {
        found.available = true;
        found.version = library->functions.version();
    } else {
        found.remedy =
            std::string("Parquet files are read with DuckDB's library, which is not installed. ") + howToGetIt;
    }
    return found;
}

struct DuckDb::Impl
{
    std::unique_ptr<Library> library;
    Handle database = nullptr;
    Handle connection = nullptr;

    [[nodiscard]] const Functions &call() const { return library->functions; }

    void open(unsigned threads)
    {
        Handle config = nullptr;
        bool good = call().createConfig(&config) == success;
        const auto set = [&](const char *name, const std::string &value) {
            good = good && call().setConfig(config, name, value.c_str()) == success;
        };
        set("autoinstall_known_extensions", "false");
        set("autoload_known_extensions", "false");
        set("threads", std::to_string(threads));
        char *message = nullptr;
        good = good && call().open(nullptr, &database, config, &message) == success;
        const std::string why = message == nullptr ? std::string() : std::string(": ") + message;
        call().free(message);
        call().destroyConfig(&config);
        if (!good || call().connect(database, &connection) != success)
            throw Exception(ErrorCode::Internal, "DuckDB could not be started" + why + ".",
                            "Fetch its library anew with installer/duckdb.sh.");
    }

    ~Impl()
    {
        if (connection != nullptr)
            call().disconnect(&connection);
        if (database != nullptr)
            call().close(&database);
    }
};

struct DuckDbRows::Impl
{
    explicit Impl(const Functions &functions)
        : call(functions)
    {
    }
    ~Impl()
    {
        dropChunk();
        if (executed)
            call.destroyResult(&result);
        if (statement != nullptr)
            call.destroyPrepare(&statement);
    }
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    void dropChunk()
    {
        if (chunk != nullptr)
            call.destroyChunk(&chunk);
        chunk = nullptr;
    }

    const Functions &call;
    Handle statement = nullptr;
    RawResult result{};
    bool executed = false;
    Handle chunk = nullptr;
    std::size_t rows = 0;
    std::vector<const char *> data;              ///< by column, of the chunk
    std::vector<const std::uint64_t *> validity; ///< null: every row holds a value
    std::vector<std::string> names;
    std::vector<DuckDbType> types;
};

DuckDb::DuckDb(unsigned threads)
    : m_impl(std::make_unique<Impl>())
{
    std::string path;
    m_impl->library = loadLibrary(path);
    if (!m_impl->library)
        throw Exception(ErrorCode::NotFound, "Parquet files are read with DuckDB's library, which is not installed.",
                        howToGetIt);
    m_impl->open(threads);
}

DuckDb::~DuckDb() = default;

DuckDbRows DuckDb::query(const std::string &sql)
{
    const Functions &call = m_impl->call();
    auto rows = std::make_unique<DuckDbRows::Impl>(call);
    if (call.prepare(m_impl->connection, sql.c_str(), &rows->statement) != success)
        throw Exception(ErrorCode::InvalidInput, std::string("DuckDB: ") + call.prepareError(rows->statement));
    rows->executed = true;
    if (call.executeStreaming(rows->statement, &rows->result) != success)
        throw Exception(ErrorCode::InvalidInput, std::string("DuckDB: ") + call.resultError(&rows->result));
    const std::uint64_t columns = call.columnCount(&rows->result);
    for (std::uint64_t i = 0; i < columns; ++i) {
        rows->names.emplace_back(call.columnName(&rows->result, i));
        rows->types.push_back(static_cast<DuckDbType>(call.columnType(&rows->result, i)));
    }
    rows->data.resize(columns);
    rows->validity.resize(columns);
    return DuckDbRows(std::move(rows));
}

DuckDbRows::DuckDbRows(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}

DuckDbRows::~DuckDbRows() = default;
DuckDbRows::DuckDbRows(DuckDbRows &&other) noexcept = default;

const std::vector<std::string> &DuckDbRows::names() const
{
    return m_impl->names;
}

const std::vector<DuckDbType> &DuckDbRows::types() const
{
    return m_impl->types;
}

bool DuckDbRows::next()
{
    Impl &impl = *m_impl;
    impl.dropChunk();
    impl.rows = 0;
    impl.chunk = impl.call.fetchChunk(impl.result);
    if (impl.chunk == nullptr) {
        const char *message = impl.call.resultError(&impl.result); // null at the end of the rows
        if (message != nullptr && *message != '\0')
            throw Exception(ErrorCode::InvalidInput, std::string("DuckDB: ") + message);
        return false;
    }
    impl.rows = impl.call.chunkSize(impl.chunk);
    for (std::size_t i = 0; i < impl.data.size(); ++i) {
        const Handle vector = impl.call.chunkVector(impl.chunk, i);
        impl.data[i] = static_cast<const char *>(impl.call.vectorData(vector));
        impl.validity[i] = impl.call.vectorValidity(vector);
    }
    return impl.rows > 0;
}

std::size_t DuckDbRows::size() const
{
    return m_impl->rows;
}

bool DuckDbRows::isNull(std::size_t column, std::size_t row) const
{
    constexpr std::size_t wordBits = 64;
    const std::uint64_t *validity = m_impl->validity[column];
    return validity != nullptr && (validity[row / wordBits] >> (row % wordBits) & 1U) == 0;
}

double DuckDbRows::number(std::size_t column, std::size_t row) const
{
    double value = 0;
    std::memcpy(&value, m_impl->data[column] + row * sizeof value, sizeof value);
    return value;
}

std::int64_t DuckDbRows::integer(std::size_t column, std::size_t row) const
{
    std::int64_t value = 0;
    std::memcpy(&value, m_impl->data[column] + row * sizeof value, sizeof value);
    return value;
}

std::string_view DuckDbRows::text(std::size_t column, std::size_t row) const
{
    const char *slot = m_impl->data[column] + row * textSlot;
    std::uint32_t length = 0;
    std::memcpy(&length, slot, sizeof length);
    if (length <= longestInline)
        return {slot + sizeof length, length};
    const char *far = nullptr;
    std::memcpy(&far, slot + pointerAt, sizeof far);
    return {far, length};
}

std::string duckDbIdentifier(std::string_view name)
{
    return inQuotes(name, '"');
}

std::string duckDbText(std::string_view text)
{
    return inQuotes(text, '\'');
}

} // namespace countersign

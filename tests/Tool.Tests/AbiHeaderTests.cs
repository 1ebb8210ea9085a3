using System.ComponentModel;
using System.Diagnostics;

namespace LuoHandlers.Tool.Tests;

public sealed class AbiHeaderTests : IDisposable
{
    // All that a description can have: structs in structs, arrays, enums, every number, shared bytes, gaps, names that C does not take.
    private const string Everything = """
        box-v1 constant Magic u32 4294967295
        box-v1 constant Inner.Name string "a\u0022b?\u00e4"
        box-v1 constant Low s64 -9223372036854775808
        box-v1 field 0000 1 u8 int
        box-v1 field 0001 1 s8 Int
        box-v1 field 0002 2 u16 B
        box-v1 field 0008 4 f32 C
        box-v1 field 0012 4 s32 Kind
        box-v1 field 0016 8 f64 D
        box-v1 field 0024 16 guid Id
        box-v1 field 0040 16 u128 Big
        box-v1 field 0056 12 array Names
        box-v1 field 0056[] 4 array Names[]
        box-v1 field 0056[][] 1 u8 Names[][]
        box-v1 field 0068 8 array Pairs
        box-v1 field 0068[] 4 struct Pairs[]
        box-v1 field 0068[].0000 2 u16 Pairs[].First
        box-v1 field 0068[].0002 2 f16 Pairs[].Second
        box-v1 field 0076 8 struct Union
        box-v1 field 0076.0000 8 u64 Union.All
        box-v1 field 0076.0000 4 u32 Union.Low
        box-v1 field 0076.0004 4 u32 Union.High
        box-v1 field 0084 16 vmalloc Nodes
        box-v1 field 0084[] 24 struct Nodes[]
        box-v1 field 0084[].0000 8 u64 Nodes[].Größe
        box-v1 field 0084[].0008 16 vmalloc Nodes[].Children
        box-v1 field 0084[].0008[] 24 recursive Nodes[].Children[]
        box-v1 field 0100 16 vmalloc Pages
        box-v1 field 0100[] 8 u64 Pages[]
        box-v1 handler memory 128
        box-v1 semantics 2
        box-v1 value 0012 -1 Kind.None
        box-v1 value 0012 -2147483648 Kind.Least
        core-v1 flb raw
        tiny-v1 field 0000 4 u32 A
        tiny-v1 handler inline 4

        """;

    private readonly AbiFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_header_of_the_memfds_has_the_offsets_of_the_kernel()
    {
        string header = Write(AbiFolder.Memfds);
        ToolRun run = Compile(header, """
            #define SHOW(type, member) printf(#type "." #member " %zu\n", offsetof(struct type, member))
            #define SIZE(type) printf(#type " %zu\n", sizeof(struct type))
            SIZE(memfd_v2_ser);
            SHOW(memfd_v2_ser, position); SHOW(memfd_v2_ser, size); SHOW(memfd_v2_ser, seals); SHOW(memfd_v2_ser, flags);
            SHOW(memfd_v2_ser, folio_count); SHOW(memfd_v2_ser, folios);
            SHOW(memfd_v2_ser, folios.first); SHOW(memfd_v2_ser, folios.total_pages); SHOW(memfd_v2_ser, folios.flags); SHOW(memfd_v2_ser, folios.order);
            SIZE(memfd_v2_folios); SHOW(memfd_v2_folios, word); SHOW(memfd_v2_folios, index);
            SIZE(memfd_v1_ser);
            SHOW(memfd_v1_ser, position); SHOW(memfd_v1_ser, size); SHOW(memfd_v1_ser, folio_count); SHOW(memfd_v1_ser, folios);
            printf("%s %d\n", MEMFD_V2_COMPATIBLE, (int)MEMFD_V2_SEALS_SHRINK);
            """);
        Assert.Equal(
            """
            memfd_v2_ser 48
            memfd_v2_ser.position 0
            memfd_v2_ser.size 8
            memfd_v2_ser.seals 16
            memfd_v2_ser.flags 20
            memfd_v2_ser.folio_count 24
            memfd_v2_ser.folios 32
            memfd_v2_ser.folios.first 32
            memfd_v2_ser.folios.total_pages 40
            memfd_v2_ser.folios.flags 44
            memfd_v2_ser.folios.order 46
            memfd_v2_folios 16
            memfd_v2_folios.word 0
            memfd_v2_folios.index 8
            memfd_v1_ser 40
            memfd_v1_ser.position 0
            memfd_v1_ser.size 8
            memfd_v1_ser.folio_count 16
            memfd_v1_ser.folios 24
            memfd-v2 2

            """,
            run.Output);
    }

    [Fact]
    public void Everything_that_can_be_described_compiles_and_asserts_its_offsets()
    {
        string header = Write(Everything);
        ToolRun run = Compile(header, """
            printf("%zu %zu %s %lld %d %u\n", sizeof(struct box_v1_ser), offsetof(struct box_v1_ser, union_.high), BOX_V1_INNER_NAME,
                (long long)BOX_V1_LOW, (int)BOX_V1_KIND_LEAST, BOX_V1_MAGIC);
            """);
        Assert.Equal("128 80 a\"b?ä -9223372036854775808 -2147483648 4294967295\n", run.Output);
    }

    [Fact]
    public void Two_headers_can_be_included_together()
    {
        string first = Write(AbiFolder.Memfds);
        string second = Write(Everything, "second");
        Assert.Equal("ok\n", Compile(first, "printf(\"ok\\n\");", $"#include \"{second}\"").Output);
    }

    [Fact]
    public void A_size_that_is_not_true_does_not_compile()
    {
        string header = Write(AbiFolder.Memfds);
        File.WriteAllText(header, File.ReadAllText(header).Replace("__u32 flags;", "__u64 flags;", StringComparison.Ordinal));
        Assert.Contains("size of struct memfd_v2_ser", Compile(header, "").Error);
    }

    [Fact]
    public void An_assembly_gives_the_same_as_its_lock_file_under_its_own_name()
    {
        string assembly = _folder.WriteAssembly("My.Handlers", ("disk-v1", "field 0000 8 u64 Size\nhandler inline 8"));
        ToolRun run = ToolRun.Start("abi", "header", assembly);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("#ifndef _LUO_ABI_MY_HANDLERS_H\n", run.Text);
        Assert.Contains("struct disk_v1_ser {\n\t__u64 size;\n} __packed;\n", run.Text);
    }

    [Fact]
    public void An_assembly_without_handlers_ends_with_1()
    {
        ToolRun run = ToolRun.Start("abi", "header", typeof(object).Assembly.Location);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("has no handler", run.Error);
    }

    private string Write(string facts, string name = "abi")
    {
        string header = _folder.GetPath(name + ".h");
        ToolRun run = ToolRun.Start("abi", "header", _folder.WriteLock(name + ".txt", facts), "-o", header);
        Assert.Equal((0, "", ""), (run.ExitCode, run.Error, run.Text));
        return header;
    }

    /// <summary>Compiles and runs a program; what the compiler says is its error.</summary>
    private ToolRun Compile(string header, string statements, string include = "")
    {
        string source = _folder.WriteText("program.c", $"#include <stdio.h>\n#include \"{header}\"\n{include}\nint main(void)\n{{\n{statements}\nreturn 0;\n}}\n");
        ToolRun? compiled = Run("gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-pedantic", "-o", _folder.GetPath("program"), source);
        Assert.SkipUnless(compiled is not null, "There is no gcc here to compile the header with.");
        return compiled.ExitCode == 0 ? Run(_folder.GetPath("program"))! : compiled;
    }

    private static ToolRun? Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new ToolRun(process.ExitCode, System.Text.Encoding.UTF8.GetBytes(output), output, error.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

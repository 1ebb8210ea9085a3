using System.Text;

namespace LuoHandlers.Tool.Tests;

/// <summary>One run of the tool: its exit code and all that it wrote.</summary>
internal sealed record ToolRun(int ExitCode, byte[] Bytes, string Text, string Error)
{
    public string Output => Encoding.UTF8.GetString(Bytes);

    public static ToolRun Start(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var text = new StringWriter();
        using var error = new StringWriter();
        int exitCode = LuoCommand.Run(arguments, output, text, error);
        return new ToolRun(exitCode, output.ToArray(), text.ToString(), error.ToString());
    }
}

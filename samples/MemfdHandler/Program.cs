using System.CommandLine;
using MemfdHandlerSample.Demo;

// After the jump every millisecond counts, and there is nothing to parse.
if (NextProgram.TryRun(args) is int exitCode)
    return exitCode;

return Start(args);

// A method of its own: what it needs is not loaded after the jump.
static int Start(string[] args)
{
    ParseResult command = DemoCommand.Create().Parse(args);
    if (command.Errors.Count == 0)
        return command.Invoke();

    foreach (System.CommandLine.Parsing.ParseError error in command.Errors)
        Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine();
    DemoCommand.Create().Parse("--help").Invoke(new InvocationConfiguration { Output = Console.Error });
    return 2;
}

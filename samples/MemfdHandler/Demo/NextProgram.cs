using LuoHandlers.Emulation;
using LuoHandlers.Orchestrator.Profiles;

namespace MemfdHandlerSample.Demo;

/// <summary>The program after the jump: this one again, which finds the machine that was left behind.</summary>
internal static class NextProgram
{
    private const string Command = "--after-update";
    private const string Json = "json";

    /// <summary>The command line of the program after the jump.</summary>
    public static IReadOnlyList<string> CreateArguments(DemoOptions options) =>
        [Command, options.Kernel.Name, $"{(int)options.Fail}", options.Json ? Json : "text"];

    /// <summary>Goes on where the program before the jump stopped; null if there was none.</summary>
    public static int? TryRun(string[] args)
    {
        if (args is not [Command, var kernel, var fail, var output]
            || KernelProfile.Find(kernel) is not { } profile
            || !int.TryParse(fail, out int failing)
            || !Machine.TryInherit(new MachineOptions { Kernel = profile }, out Machine? machine))
            return null;
        using (machine)
        {
            var options = new DemoOptions(0, InProcess: false, (FailingCallback)failing, output == Json, profile);
            return new AfterUpdate(options, new Display(options.Json)).Run(machine.Boot(), machine.LastKexec!.Value);
        }
    }
}

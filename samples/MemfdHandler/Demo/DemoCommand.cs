using System.CommandLine;
using System.CommandLine.Parsing;
using LuoHandlers.Emulation;
using LuoHandlers.Orchestrator.Profiles;

namespace MemfdHandlerSample.Demo;

/// <summary>The command line.</summary>
internal static class DemoCommand
{
    private static readonly Option<long> Size = new("--size")
    {
        Description = "The size of the large memfd: bytes, or a number with KiB, MiB or GiB.",
        HelpName = "size",
        DefaultValueFactory = _ => 256L << 20,
        CustomParser = ParseSize,
    };

    private static readonly Option<bool> InProcess = new("--in-process")
    {
        Description = "Boot the next kernel in this process, without an exec.",
    };

    private static readonly Option<FailingCallback> Fail = new("--fail")
    {
        Description = "Let a callback fail once: preserve, freeze, retrieve or can-finish.",
        HelpName = "callback",
        CustomParser = ParseCallback,
    };

    private static readonly Option<KernelProfile> Kernel = new("--kernel")
    {
        Description = $"Which kernel the machine boots: {string.Join(", ", KernelProfile.All.Select(profile => profile.Name))}.",
        HelpName = "version",
        DefaultValueFactory = _ => KernelProfile.Linux7_2,
        CustomParser = ParseKernel,
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the result as JSON, and nothing else on standard output.",
    };

    public static RootCommand Create()
    {
        var command = new RootCommand("Carries three memfds through a live update that replaces this program by a real exec, and checks that they are intact.")
        {
            Size,
            InProcess,
            Fail,
            Kernel,
            Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        var options = new DemoOptions(
            result.GetValue(Size), result.GetValue(InProcess), result.GetValue(Fail), result.GetValue(Json), result.GetRequiredValue(Kernel));
        using var machine = Machine.Create(new MachineOptions { MemorySize = options.MachineMemory, Kernel = options.Kernel });
        return new BeforeUpdate(options, new Display(options.Json)).Run(machine);
    }

    private static long ParseSize(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        (string Suffix, int Shift)[] units = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("", 0)];
        (string suffix, int shift) = units.First(unit => text.EndsWith(unit.Suffix, StringComparison.OrdinalIgnoreCase));
        if (long.TryParse(text.AsSpan(0, text.Length - suffix.Length), out long number) && number >= 0 && number <= DemoOptions.MaximumSize >> shift)
            return number << shift;
        argument.AddError($"'{text}' is no size from 0 to {DemoOptions.MaximumSize >> 30}GiB, e.g. 65536, 512MiB or 2GiB.");
        return 0;
    }

    private static KernelProfile? ParseKernel(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        KernelProfile? profile = KernelProfile.Find(text);
        if (profile is null)
            argument.AddError($"'{text}' is no kernel that is known: {string.Join(", ", KernelProfile.All.Select(known => known.Name))}.");
        return profile;
    }

    private static FailingCallback ParseCallback(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        foreach (FailingCallback callback in Enum.GetValues<FailingCallback>())
        {
            if (callback != FailingCallback.None && GetName(callback) == text)
                return callback;
        }
        argument.AddError($"'{text}' is no callback that can fail here: preserve, freeze, retrieve or can-finish.");
        return FailingCallback.None;
    }

    private static string GetName(FailingCallback callback) => callback == FailingCallback.CanFinish ? "can-finish" : $"{callback}".ToLowerInvariant();
}

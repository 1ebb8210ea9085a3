using System.CommandLine;
using System.CommandLine.Parsing;
using LuoHandlers.Images;
using LuoHandlers.Inspection;
using LuoHandlers.Memory;
using LuoHandlers.Orchestrator.Profiles;

namespace LuoHandlers.Tool;

/// <summary>What every command asks about the image.</summary>
internal sealed class ImageArguments
{
    private readonly Argument<string> _image = new("IMAGE")
    {
        Description = "An ELF core file: a saved handover, or a guest's memory as qemu's dump-guest-memory writes it; or plain memory.",
    };

    private readonly Option<ulong?> _root = new("--root")
    {
        Description = "The physical address of the KHO root, if the image does not tell it.",
        HelpName = "ADDRESS",
        CustomParser = ParseOptional,
    };

    private readonly Option<ulong?> _rawBase = new("--raw-base")
    {
        Description = "IMAGE is plain memory that begins at this physical address.",
        HelpName = "ADDRESS",
        CustomParser = ParseOptional,
    };

    private readonly Option<KernelProfile?> _kernel = new("--kernel")
    {
        Description = $"Read it as this kernel would, and fail if it could not: {Kernels}. Without it the format is recognised.",
        HelpName = "VERSION",
        CustomParser = ParseKernel,
    };

    private static string Kernels => string.Join(", ", KernelProfile.All.Select(profile => profile.Name));

    /// <summary>Adds the arguments to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_image);
        command.Options.Add(_root);
        command.Options.Add(_rawBase);
        command.Options.Add(_kernel);
    }

    /// <summary>Reads what was handed over in the image.</summary>
    public HandoverReport Read(ParseResult result)
    {
        var options = new ImageOptions { Root = ToAddress(result.GetValue(_root)), RawBase = ToAddress(result.GetValue(_rawBase)) };
        return HandoverReport.Read(result.GetRequiredValue(_image), options, result.GetValue(_kernel));
    }

    /// <summary>Reads the one number of an argument, and reports what is none.</summary>
    public static ulong ParseNumber(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (!Number.TryParse(text, out ulong value))
            result.AddError($"\"{text}\" is no number: write 123 or 0x7b.");
        return value;
    }

    private static ulong? ParseOptional(ArgumentResult result) => ParseNumber(result);

    private static KernelProfile? ParseKernel(ArgumentResult result)
    {
        string name = result.Tokens[0].Value;
        KernelProfile? kernel = KernelProfile.Find(name);
        if (kernel is null)
            result.AddError($"\"{name}\" is no kernel that is known here: {Kernels}.");
        return kernel;
    }

    private static PhysicalAddress? ToAddress(ulong? value) => value is { } address ? new PhysicalAddress(address) : null;
}

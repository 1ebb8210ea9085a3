using System.IO.Compression;

namespace LuoHandlers.Tool.Tests;

/// <summary>A folder with the image of a real kernel, for as long as a test needs it.</summary>
internal sealed class ImageFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("luo-tool-tests-");

    public ImageFolder()
    {
        Image = GetPath("image.core");
        using var stream = new GZipStream(Open("linux-7.2-small.core.gz"), CompressionMode.Decompress);
        using FileStream file = File.Create(Image);
        stream.CopyTo(file);
    }

    /// <summary>The path of the image.</summary>
    public string Image { get; }

    /// <summary>What the image holds, as the ones who took it say.</summary>
    public static byte[] Description
    {
        get
        {
            using Stream stream = Open("linux-7.2-small.json");
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    public string GetPath(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    private static Stream Open(string name) => typeof(ImageFolder).Assembly.GetManifestResourceStream(name)!;
}

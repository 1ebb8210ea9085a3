using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>
/// Text in which <c>[|…|]</c> and <c>{|label:…|}</c> mark spans. A label is a diagnostic's id, or <c>#0</c>, <c>#1</c>, … for a span that the
/// test refers to by number. Spans may nest.
/// </summary>
internal sealed record MarkupText(string Text, ImmutableArray<(string? Label, TextSpan Span)> Spans)
{
    public static MarkupText Parse(string markup, IVerifier verifier)
    {
        StringBuilder text = new();
        Stack<(string? Label, int Start, bool IsNamed)> open = new();
        var spans = ImmutableArray.CreateBuilder<(string?, TextSpan)>();
        for (int at = 0; at < markup.Length;)
        {
            ReadOnlySpan<char> rest = markup.AsSpan(at);
            // "[||]" and "{|x:|}" are empty spans; a lone "|]" or "|}" is code (a pattern, a property) unless such a span is open.
            if (rest.StartsWith("[|"))
            {
                open.Push((null, text.Length, false));
                at += 2;
            }
            else if (rest.StartsWith("{|") && LabelLength(rest[2..]) is int labelLength and > 0)
            {
                open.Push((rest.Slice(2, labelLength).ToString(), text.Length, true));
                at += 2 + labelLength + 1;
            }
            else if (rest.StartsWith("|]") && open.TryPeek(out var plain) && !plain.IsNamed)
            {
                open.Pop();
                spans.Add((null, TextSpan.FromBounds(plain.Start, text.Length)));
                at += 2;
            }
            else if (rest.StartsWith("|}") && open.TryPeek(out var named) && named.IsNamed)
            {
                open.Pop();
                spans.Add((named.Label, TextSpan.FromBounds(named.Start, text.Length)));
                at += 2;
            }
            else
            {
                text.Append(markup[at++]);
            }
        }
        verifier.True(open.Count == 0, "A marked span is not closed.");
        return new MarkupText(text.ToString(), spans.ToImmutable());
    }

    private static int LabelLength(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        if (colon <= 0)
            return 0;
        ReadOnlySpan<char> label = text[..colon];
        int start = label[0] == '#' ? 1 : 0;
        foreach (char character in label[start..])
        {
            if (!char.IsLetterOrDigit(character))
                return 0;
        }
        return label.Length > start ? colon : 0;
    }
}

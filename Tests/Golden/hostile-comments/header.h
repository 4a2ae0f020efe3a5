// Documentation that tries to leave its place in the output: to end a comment, a string or a code
// span, to interpolate, to start a directive, a template tag or a list.
#define TOY_MAJOR 1
#define TOY_MINOR 2
#define TOY_PATCH 3

/// `*/ public let evil = 1 /*` and `/* /* nested` in a line comment.
/// \"\"\" " """ \(evil) \\(evil) #"""# ${evil} {{evil}} {{{evil}}} {{>evil}} {{=<% %>=}}
/// #sourceLocation(file: "evil.swift", line: 1)
/// ``` then `unbalanced, ~~~, and <script>evil()</script> & <!-- and ]]>
typedef enum { toySuccess = 0, toyError = 1 } toyResult_t;

/** First line.
#sourceLocation(file: "evil.swift", line: 1)
#if false
import Evil // at the start of a line
 * - Parameter count: not a parameter of this function.
 * - Returns: `nothing`
 * // swift-format-ignore-file
 *//** A second comment at once. */
toyResult_t toyFirst(int value);

/// A line that ends in a backslash goes on \
public func evil() {} // and this is still the comment
toyResult_t toySecond(int value /**< `value */);

/*! \brief Commands: \param value \c code @return x \n \htmlonly<b>evil</b>\endhtmlonly */
toyResult_t toyThird(int value); ///< After the declaration: */ """ `

/** Programs that builds start, for a pattern: no library, no directory and no file of a source is called so. */
export const toolNames =
  'cc|gcc|g\\+\\+|gfortran|make|cmake|ninja|meson|git|hg|svn|swig|bison|flex|cargo|rustc|autoconf|automake|nasm|yasm|patchelf|protoc|javac|node|npm|msgfmt|gperf|unzip|wget';

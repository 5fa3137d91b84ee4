;; The swarm update and the conversions of half-precision numbers on WebAssembly SIMD.
;; `npx tsx adapters/kernel/assemble.ts` writes `binary.ts` from this file; a test checks that the two agree.
;; All pointers are byte offsets. Counts are numbers, a multiple of 8: callers keep room for the excess and clear it.
(module
  (import "kernel" "memory" (memory 1))

  ;; next_v = ((a_v v + a_p (p - x)) + a_g (g - x)) + a_w (x - w);  next_x = x + step next_v
  ;; Returns the bits of the largest absolute value written (an infinity or NaN is larger than every number).
  (func (export "update")
    (param $x i32) (param $v i32) (param $p i32) (param $g i32) (param $w i32)
    (param $next_v i32) (param $next_x i32) (param $count i32)
    (param $velocity f32) (param $personal f32) (param $global f32) (param $worst f32) (param $step f32)
    (result i32)
    (local $i i32) (local $end i32)
    (local $av v128) (local $ap v128) (local $ag v128) (local $aw v128) (local $lambda v128)
    (local $position v128) (local $result v128) (local $largest v128)
    (local.set $av (f32x4.splat (local.get $velocity)))
    (local.set $ap (f32x4.splat (local.get $personal)))
    (local.set $ag (f32x4.splat (local.get $global)))
    (local.set $aw (f32x4.splat (local.get $worst)))
    (local.set $lambda (f32x4.splat (local.get $step)))
    (local.set $end (i32.shl (local.get $count) (i32.const 2)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $i) (local.get $end)))
        (local.set $position (v128.load (i32.add (local.get $x) (local.get $i))))
        (local.set $result
          (f32x4.add
            (f32x4.add
              (f32x4.add
                (f32x4.mul (local.get $av) (v128.load (i32.add (local.get $v) (local.get $i))))
                (f32x4.mul (local.get $ap)
                  (f32x4.sub (v128.load (i32.add (local.get $p) (local.get $i))) (local.get $position))))
              (f32x4.mul (local.get $ag)
                (f32x4.sub (v128.load (i32.add (local.get $g) (local.get $i))) (local.get $position))))
            (f32x4.mul (local.get $aw)
              (f32x4.sub (local.get $position) (v128.load (i32.add (local.get $w) (local.get $i)))))))
        (v128.store (i32.add (local.get $next_v) (local.get $i)) (local.get $result))
        (local.set $largest
          (i32x4.max_u (local.get $largest)
            (v128.and (local.get $result) (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff))))
        (local.set $result
          (f32x4.add (local.get $position) (f32x4.mul (local.get $lambda) (local.get $result))))
        (v128.store (i32.add (local.get $next_x) (local.get $i)) (local.get $result))
        (local.set $largest
          (i32x4.max_u (local.get $largest)
            (v128.and (local.get $result) (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff))))
        (local.set $i (i32.add (local.get $i) (i32.const 16)))
        (br $next)))
    (local.set $largest
      (i32x4.max_u (local.get $largest)
        (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $largest) (local.get $largest))))
    (local.set $largest
      (i32x4.max_u (local.get $largest)
        (i8x16.shuffle 4 5 6 7 0 1 2 3 12 13 14 15 8 9 10 11 (local.get $largest) (local.get $largest))))
    (i32x4.extract_lane 0 (local.get $largest)))

  (func (export "widenBF16") (param $from i32) (param $to i32) (param $count i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $count) (i32.const 1))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (v128.store (local.get $to) (i32x4.shl (v128.load16x4_u (local.get $from)) (i32.const 16)))
        (local.set $from (i32.add (local.get $from) (i32.const 8)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br $next))))

  ;; Four f32 as bf16 in the low halves of the lanes: to nearest, ties to even; a NaN stays one.
  (func $toBF16 (param $bits v128) (result v128)
    (v128.bitselect
      (v128.or
        (i32x4.shr_u (local.get $bits) (i32.const 16))
        (v128.const i32x4 0x40 0x40 0x40 0x40))
      (i32x4.shr_u
        (i32x4.add
          (i32x4.add (local.get $bits) (v128.const i32x4 0x7fff 0x7fff 0x7fff 0x7fff))
          (v128.and (i32x4.shr_u (local.get $bits) (i32.const 16)) (v128.const i32x4 1 1 1 1)))
        (i32.const 16))
      (f32x4.ne (local.get $bits) (local.get $bits))))

  (func (export "narrowBF16") (param $from i32) (param $to i32) (param $count i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (v128.store (local.get $to)
          (i16x8.narrow_i32x4_u
            (call $toBF16 (v128.load (local.get $from)))
            (call $toBF16 (v128.load offset=16 (local.get $from)))))
        (local.set $from (i32.add (local.get $from) (i32.const 32)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br $next))))

  (func (export "widenF16") (param $from i32) (param $to i32) (param $count i32)
    (local $end i32) (local $half v128) (local $magnitude v128)
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $count) (i32.const 1))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (local.set $half (v128.load16x4_u (local.get $from)))
        (local.set $magnitude
          (v128.and (local.get $half) (v128.const i32x4 0x7fff 0x7fff 0x7fff 0x7fff)))
        (v128.store (local.get $to)
          (v128.or
            ;; the sign
            (i32x4.shl
              (v128.and (local.get $half) (v128.const i32x4 0x8000 0x8000 0x8000 0x8000)) (i32.const 16))
            (v128.bitselect
              ;; zero and subnormal: mantissa times 2^-24
              (f32x4.mul
                (f32x4.convert_i32x4_u (local.get $magnitude))
                (v128.const f32x4 0x1p-24 0x1p-24 0x1p-24 0x1p-24))
              ;; normal: move the fields and shift the exponent's bias by 112; twice for infinity and NaN
              (i32x4.add
                (i32x4.add
                  (i32x4.shl (local.get $magnitude) (i32.const 13))
                  (v128.const i32x4 0x38000000 0x38000000 0x38000000 0x38000000))
                (v128.and
                  (i32x4.ge_u (local.get $magnitude) (v128.const i32x4 0x7c00 0x7c00 0x7c00 0x7c00))
                  (v128.const i32x4 0x38000000 0x38000000 0x38000000 0x38000000)))
              (i32x4.lt_u (local.get $magnitude) (v128.const i32x4 0x400 0x400 0x400 0x400)))))
        (local.set $from (i32.add (local.get $from) (i32.const 8)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br $next))))

  ;; Four f32 as f16 in the low halves of the lanes: to nearest, ties to even; a NaN becomes the quiet NaN.
  (func $toF16 (param $bits v128) (result v128)
    (local $magnitude v128)
    (local.set $magnitude
      (v128.and (local.get $bits) (v128.const i32x4 0x7fffffff 0x7fffffff 0x7fffffff 0x7fffffff)))
    (v128.or
      (v128.and
        (i32x4.shr_u (local.get $bits) (i32.const 16)) (v128.const i32x4 0x8000 0x8000 0x8000 0x8000))
      (v128.bitselect
        ;; 65536 and above: infinity, or 0x7e00 for NaN
        (v128.or
          (v128.const i32x4 0x7c00 0x7c00 0x7c00 0x7c00)
          (v128.and
            (f32x4.ne (local.get $bits) (local.get $bits)) (v128.const i32x4 0x200 0x200 0x200 0x200)))
        (v128.bitselect
          ;; below 2^-14: adding 0.5 makes the adder round to a multiple of 2^-24
          (i32x4.sub
            (f32x4.add (local.get $magnitude) (v128.const f32x4 0.5 0.5 0.5 0.5))
            (v128.const i32x4 0x3f000000 0x3f000000 0x3f000000 0x3f000000))
          (i32x4.shr_u
            (i32x4.add
              ;; 0xc8000fff: the exponent's bias lowered by 112, and half a unit less one
              (i32x4.add
                (local.get $magnitude) (v128.const i32x4 0xc8000fff 0xc8000fff 0xc8000fff 0xc8000fff))
              (v128.and (i32x4.shr_u (local.get $magnitude) (i32.const 13)) (v128.const i32x4 1 1 1 1)))
            (i32.const 13))
          (i32x4.lt_u
            (local.get $magnitude) (v128.const i32x4 0x38800000 0x38800000 0x38800000 0x38800000)))
        (i32x4.ge_u
          (local.get $magnitude) (v128.const i32x4 0x47800000 0x47800000 0x47800000 0x47800000)))))

  (func (export "narrowF16") (param $from i32) (param $to i32) (param $count i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $from) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (v128.store (local.get $to)
          (i16x8.narrow_i32x4_u
            (call $toF16 (v128.load (local.get $from)))
            (call $toF16 (v128.load offset=16 (local.get $from)))))
        (local.set $from (i32.add (local.get $from) (i32.const 32)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br $next)))))

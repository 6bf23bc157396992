/** API tokens. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";

const KEY = ["tokens"];

export function useTokens() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => answer(api.GET("/api/v1/tokens/", { signal })) });
}

export function useTokenActions() {
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: KEY });
  const make = useMutation({
    mutationFn: (body: { name: string; expiry_days: number }) => answer(api.POST("/api/v1/tokens/", { body })),
    onSettled,
  });
  const revoke = useMutation({
    mutationFn: (token: string) => answer(api.DELETE("/api/v1/tokens/{token}/", { params: { path: { token } } })),
    onSettled,
  });
  return { make, revoke };
}
